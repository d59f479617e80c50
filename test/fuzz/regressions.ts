/** An input that once broke a promise, with what it broke; read again in every `npm test`. */
export type Regression = {
  /** A target of `targets.ts`. */
  readonly target: string
  readonly broke: string
  /** The input, as base64. */
  readonly input: string
}

export const regressions: readonly Regression[] = []
