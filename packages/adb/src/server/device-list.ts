import { describeState, type StateFinding } from '#states.ts';

/** A phone as an adb server lists it. */
export interface ListedDevice {
  /** As the server has it; `(no serial number)` or question marks for phones that it cannot ask. */
  readonly serial: string;
  readonly state: StateFinding;
  /** Numbers this connection of the phone; a phone plugged in again gets another. Absent with old servers. */
  readonly transportId?: number;
  /** Where it is plugged in (`1-4`); absent over the network. */
  readonly usb?: string;
  readonly product: string;
  readonly model: string;
  readonly device: string;
}

/** A field the server adds behind the state. Values are letters, digits and `_`; `usb` and `transport_id` have `-`, `.`, `:` too. */
const FIELD = / (usb|product|model|device|transport_id):(\S*)/g;

/** The phones in the text of `devices-l` and `track-devices-l`. A line that is none is left out. */
export function parseDeviceList(text: string): ListedDevice[] {
  return text.split('\n').flatMap((line) => {
    // Long lines pad the serial number with spaces; one that is not known has spaces inside, in parentheses.
    const found = /^(\(no serial number\)|\S+)[ \t]+(.+)$/.exec(line);
    const [, serial = '', rest = ''] = found ?? [];
    return found === null ? [] : [deviceOf(serial, rest)];
  });
}

function deviceOf(serial: string, rest: string): ListedDevice {
  const fields = new Map<string, string>();
  const state = rest.replace(FIELD, (_, name: string, value: string) => {
    fields.set(name, value);
    return '';
  });
  const id = fields.get('transport_id') ?? '';
  const usb = fields.get('usb');
  return {
    serial,
    state: describeState(state.trim()),
    ...(/^\d{1,15}$/.test(id) && { transportId: Number(id) }),
    ...(usb !== undefined && { usb }),
    product: fields.get('product') ?? '',
    model: fields.get('model') ?? '',
    device: fields.get('device') ?? '',
  };
}
