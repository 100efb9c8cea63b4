// Says what a flag is: a rule that saw something, and the sentence with the figures it saw.

export interface Flag {
  readonly rule: string;
  readonly version: number;
  /** A notice only tells; an approval needs a second person. */
  readonly needs: 'notice' | 'approval';
  readonly message: string;
}
