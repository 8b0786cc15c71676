/** What gives back, without all that other runs need: for a command that does nothing else. All of it is behind the main door too. */
export { type GiveBackEvent, giveBack } from './runs/give-back.ts';
export { type GiveBackPlan, type GiveBackRequest, planGiveBack } from './runs/plan-give-back.ts';
