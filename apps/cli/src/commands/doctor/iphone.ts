import { IPHONE_STEPS, IPHONE_UNTOLD } from '@holdfast/contract';
import type { Screen } from '#output/screen.ts';

/** Says what to check on an iPhone, in order, and what no computer can be told by one. Nothing is asked of any phone. */
export async function showIphoneGuide(screen: Screen): Promise<void> {
  await screen.result(
    { type: 'iphone-guide', untold: [...IPHONE_UNTOLD], steps: IPHONE_STEPS.map((step) => ({ ...step })) },
    undefined,
  );
  await screen.text(
    screen.wrapped(
      'A computer cannot see into Google Photos on an iPhone, and can change no setting there: you look, and this tells where. What stays unknown from here:',
    ),
  );
  for (const what of IPHONE_UNTOLD) await screen.text(screen.wrapped(what, '  – ', '    '));
  await screen.text(
    `\n${screen.wrapped('Check these in this order. After each, open Google Photos once, and stop at the first that helps.')}`,
  );
  for (const [at, { title, where, does }] of IPHONE_STEPS.entries()) {
    await screen.text(`\n${screen.style('bold', `${at + 1}. ${title}`)}`);
    await screen.text(screen.wrapped(where, '   '));
    await screen.text(screen.wrapped(does, '   → ', '     '));
  }
}
