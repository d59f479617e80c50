/** An input that once broke a promise, with what it broke; read again in every `npm test`. */
export type Regression = {
  /** A target of `targets.ts`. */
  readonly target: string
  readonly broke: string
  readonly input: Buffer
}

const text = (written: string): Buffer => Buffer.from(written, 'latin1')

/** Found by the fuzzer; shortened by hand where that was easy, else its own bytes as base64. */
export const regressions: readonly Regression[] = [
  {
    target: 'json-events',
    broke: 'the key by which a damaged list goes on changed when the window moved',
    input: text(
      `{"value":[{"EventID":1,"Channel":"System","a" "${'b'.repeat(3_000)}"},{"EventID":2,"Channel":"System"}]}`,
    ),
  },
  {
    target: 'json-events',
    broke: 'a CR at the very end was taken together with a line feed that stood there before',
    input: text(`{"EventID":1,"Channel":"System"}\n${'`\r\n'.repeat(43_690)}\`\r`),
  },
  {
    target: 'web-config',
    broke: 'script behind a broken configuration was seen only as far as the chunk went',
    input: text('<configuration><system.web></configuration>\n<% Response.Write("a") %>\n'),
  },
  {
    target: 'key-value-events',
    broke: 'the date behind a block that is no event was told twice, in the gap of the block and in one of its own',
    input: text('03/03/2021 04:23:22 AM\nLogName=Security\nMessage=a\n03/03/2021 04:24:22 AM\n'),
  },
  {
    target: 'xml-walk',
    broke: 'zero bytes were a tail when a chunk ended in them',
    input: text(`<a>b</a>${'\0'.repeat(40)}<c/>`),
  },
]
