import { z } from 'zod';
import { doctorReport, fixPlan, fixRecord, ownReport } from '../api/doctor.ts';

/** All that the doctor found on a phone. */
export const doctorLine = doctorReport.extend({ type: z.literal('doctor') });

/** What a fix will do. */
export const fixPlanLine = fixPlan.extend({ type: z.literal('fix-plan') });

/** What came of a fix, or of its undo. */
export const fixLine = fixRecord.extend({ type: z.literal('fix') });

/** What is wrong with Holdfast itself. */
export const ownDoctorLine = ownReport.extend({ type: z.literal('own-doctor') });

/** What to check on an iPhone by hand, in order, and what a computer cannot be told by one. */
export const iphoneGuideLine = z.strictObject({
  type: z.literal('iphone-guide'),
  untold: z.array(z.string()),
  steps: z.array(z.strictObject({ title: z.string(), where: z.string(), does: z.string() })),
});
