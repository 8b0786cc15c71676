import type { Problem } from '@holdfast/contract/api';

/** What an answer throws that says no. */
export class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}
