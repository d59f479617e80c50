import { inflateRawSync } from 'node:zlib'

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
  {
    target: 'evidence-zip',
    broke: 'a member that is said to begin far behind the end of the archive was looked for there without an end',
    input: Buffer.from(
      'UEsDBBQAAAgAACBAYlKFDqd4GwAAABsAAAAYAAAAQy9pbmV0cHViL3d3d3Jvb3QvYS5hc3B4PCVAIFBhZ2UgTGFuZ3VhZ2U9IkMj' +
        'IiAlPg0KUEsDBBQAAAgIACBAYlK2PqtHSQAAAJwEAAAdAAAAQy9pbmV0cHViL2xvZ3MvdV9leDIxMDMwMy5sb2dTdstMzUkptlJI' +
        'SSxJVSjJzE1VSC7WLS3K1C0uSc3l5TIyMDLUNTDWNTBWMDCxMjCwMjBQ0M8vT9Tn5VIe1TqqdVTrqFZaaQUAUEsBAhQAFAAACAAA' +
        'IEBiUoUOp3j//////////xgAHAAAAAAAAAAAAAAA/////0MvaW5ldHB1Yi93d3dyb290L2EuYXNweAEAGAAbAAAAAAAAABsAAAAA' +
        'AAAAAAAAAAAAAD1QSwECFAAUAAAICAAgQGJStj6rR///////////HQAcAAAAAAAAAAAAAAD/////Qy9pbmV0cHViL2xvZ3MvdV9l' +
        'eDIxMDMwMy5sb2cBABgAnAQAAAAAAABJAAAAAAAAAFEJAAAAAAAAUEsGBiwAAAAAAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAACAAAA' +
        'AAAAAMkAAAAAAAAA1QAAAAAAAABQSwYHAAAAAJ4BAAAAAAAAAAAAAFBLBQYAAAAA////////////////AAA=',
      'base64',
    ),
  },
  {
    target: 'mft',
    broke: 'a time that is no date, in a name that is damaged as a whole, was a gap within the gap of the name',
    input: inflateRawSync(
      Buffer.from(
        'c/P0cTVgYP73HwIYGIHQgoGZIYKRgYGBhQEOmIFYB4jZoXwBIE4AsyTApAeU1b6hRkvn5RVGXDQDkcAAiDOQzPeCsrTBPEZy7AE5' +
          'mYGFOYQhlSGXoQAqOAGIA8ASEnB7FYBYhcGTwRjIMwDbBtHNCDVEAYrRDWcCYnAgDhnAzjAKyACMw8Uj7AxuwPxvCs7dMK+B8j8j' +
          'wwy0/A9i6hKR/z9Nivr0hP86Iy5aAadb4uMLivJL8uPjseb/AChLC+pKQvagmw6zl53JkaGOwZBBj8GRIRhoKro9fkTbw/CE8RP/' +
          '9Sgc9mApPvUoCD5w0JRUFqQSDkec5egeMOUDtYkRXJwTE5QOTvxglTBaYbQAGD4AAA==',
        'base64',
      ),
    ),
  },
  {
    target: 'evidence-zip',
    broke: 'a member had a size beyond all whole numbers: that of a wide data descriptor was taken as it stood',
    input: Buffer.from(
      [
        'UEsDBBQACAgAACBAYlIAAAAAAAAAAAAAAAAYAAAAQy9pbmV0cHViL3d3d3Jvb3QvYS5hc3B4PCVAIFBhZ2UgTGFuZ3VhZ2U9',
        'IkMjIiAlPg0KUEsHCIUOp3gbAAAAGwAAAFBLAwQUAAgICAAgQGJSAAAAAAAAAAAAAAAAHQAAAEMvaW5ldHB1Yi9sb2dzL3Vf',
        'ZXgyMTAzMDMubG9nU3bLTM1JKbZSSEksSVUoycxNVUgu1i0tytQtLknN5eUyMjAz1DUw1jUwVjAwsTIwsDIwUNDPL0/U5+VS',
        'HtU6qnVU66hWWmkFAFBLBwi2PqtHSQAAAAAAAAAdAAAAQy9pbmV0cHViL2xvZ3MvdV9leDIxMDMwMy5sb2dTdstMzUkptlJI',
        'SSxJVSjJzE1VSC7WLS3K1C0uSc3l5TIyMDPUNTDWNTBWMDCxMjCwMjBQ0M8vT9Tn5VIe1TqqdVTrqFZaaQUAUEsHCLY+q0dJ',
        'AAAAnAQAAFBLAQIUABQACAgAACBAYlKFDqd4GwAAABsAAAAYAAAAAAAAnAQAAB0AAAAAAAAAACgAAAAAAGEAAABDL2luZXRw',
        'dWIvbG9ncy89X2V4MTBwMwAAAJwEAABQSwECFAAUAAgIAAAgQGJShQ6neBsAAAAbAAAAGAAAAAAAAJwEAAAdAAAAAAAAAAAo',
        'AAAAAABhAAAAQy9pbmV0cHViL2xvZ3MvPV9leDEwcDMwMy5sb2dQSwUGAAAAAAIAAgCRAAAA9QAAAAAA',
      ].join(''),
      'base64',
    ),
  },
]
