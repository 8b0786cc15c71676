import { type AdbTransport, connectTcp } from '@holdfast/adb';
import { type AndroidPhone, openPhone } from '@holdfast/devices/android';
import {
  type Android,
  phoneOptions,
  type SampleOptions,
  type SimulatedPhone,
  samplePhone,
  startPhone,
  testerKey,
} from '@holdfast/testkit/phone';

const key = testerKey();

/** A simulated phone that was looked at. */
export interface PhoneUnderTest extends AsyncDisposable {
  /** What it remembers: to be changed by tests. */
  readonly android: Android;
  readonly simulated: SimulatedPhone;
  readonly transport: AdbTransport;
  readonly phone: AndroidPhone;
}

/** Starts a phone and opens it, after `change`. */
export async function phoneWith(
  sample: SampleOptions = {},
  change: (android: Android) => void = () => {},
): Promise<PhoneUnderTest> {
  const android = samplePhone({ photos: 6, messages: 0, ...sample });
  change(android);
  const simulated = await startPhone(phoneOptions(android));
  const transport = await connectTcp({ host: simulated.host, port: simulated.port, key });
  const phone = await openPhone(transport);
  return {
    android,
    simulated,
    transport,
    phone,
    async [Symbol.asyncDispose]() {
      await transport[Symbol.asyncDispose]();
      await simulated[Symbol.asyncDispose]();
    },
  };
}
