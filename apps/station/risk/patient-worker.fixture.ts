// Starts the models' thread for tests in which no deadline passes: how long a thread takes is the machine's affair.
import { createRiskWorker, type RiskWorker } from './worker-client.ts';

/** The real thread; an answer that comes late is waited for. */
export const createPatientWorker = (): RiskWorker =>
  createRiskWorker({ after: () => () => undefined });
