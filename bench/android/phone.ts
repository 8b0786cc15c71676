import {
  generatedContent,
  phoneFile,
  phoneFolder,
  startPhone,
} from '../../packages/testkit/src/phone/index.ts';

/** A simulated phone for benchmarks, in a process of its own. `argv`: small files, their bytes, bytes of one large file. Prints its port; runs until it is killed. */
const [files = '0', bytes = '0', largeBytes = '0'] = process.argv.slice(2);
const FILES_A_FOLDER = 100;

const small = phoneFolder();
for (let at = 0; at < Number(files); at += FILES_A_FOLDER) {
  const folder = phoneFolder();
  for (let file = at; file < Math.min(at + FILES_A_FOLDER, Number(files)); file++)
    folder.entries.set(`IMG_${file}.jpg`, phoneFile(generatedContent(file, Number(bytes))));
  small.entries.set(`folder ${at / FILES_A_FOLDER}`, folder);
}
const large = phoneFolder();
if (Number(largeBytes) > 0) large.entries.set('VID.mp4', phoneFile(generatedContent(7, Number(largeBytes))));
const storage = phoneFolder({ small, large });
const root = phoneFolder({ storage: phoneFolder({ emulated: phoneFolder({ '0': storage }) }) });
const phone = await startPhone({ root });
console.log(phone.port);
