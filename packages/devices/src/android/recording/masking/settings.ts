import { wordsIn } from './known-names.ts';
import { maskText } from './mask-text.ts';

/** Settings of Android's own whose names stay, and their values where these are short numbers. */
const KNOWN: ReadonlySet<string> = wordsIn(`
  accelerometer_rotation adb_enabled adb_wifi_enabled airplane_mode_on airplane_mode_radios animator_duration_scale
  auto_time auto_time_zone battery_saver_constants bluetooth_on data_roaming date_format development_settings_enabled
  device_provisioned dim_screen dtmf_tone font_scale haptic_feedback_enabled install_non_market_apps location_mode
  location_providers_allowed lock_screen_show_notifications low_power low_power_sticky mobile_data mobile_data_always_on
  mode_ringer night_display_activated notification_light_pulse package_verifier_enable screen_brightness screen_brightness_mode
  screen_off_timeout screensaver_enabled show_password skip_first_use_hints sound_effects_enabled stay_on_while_plugged_in
  time_12_24 transition_animation_scale ui_night_mode usb_mass_storage_enabled user_setup_complete vibrate_when_ringing
  verifier_verify_adb_installs wifi_on wifi_scan_always_enabled wifi_sleep_policy window_animation_scale zen_mode
  android_id bluetooth_name default_input_method device_name enabled_accessibility_services enabled_input_methods
  enabled_notification_listeners lock_screen_owner_info ringtone notification_sound alarm_alert sms_default_application`);

const PLAIN_VALUE = /^(?:-?\d{1,3}(?:\.\d{1,3})?|true|false|null|)$/;

/** The name of a setting: vendors and apps put addresses and accounts into theirs. */
export const maskSettingName = (name: string): string => (KNOWN.has(name) ? name : maskText(name));

/** What `settings get … NAME` printed. */
export function maskSetting(name: string, printed: string): string {
  const value = printed.trimEnd();
  const isUnset = value === 'null';
  return isUnset || (KNOWN.has(name) && PLAIN_VALUE.test(value)) ? printed : maskText(printed);
}

/** What `settings list` printed: `name=value`, a line each, and the further lines of values. */
export function maskSettings(printed: string): string {
  return printed
    .split('\n')
    .map((line) => {
      const [, name = '', value = '', ret = ''] = /^([^=]*)=(.*?)(\r?)$/s.exec(line) ?? [];
      if (!KNOWN.has(name)) return maskText(line);
      return `${name}=${PLAIN_VALUE.test(value) ? value : maskText(value)}${ret}`;
    })
    .join('\n');
}
