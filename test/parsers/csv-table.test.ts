import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headersOf } from '../../src/lib/csv.ts'
import type { Gap } from '../../src/model/evidence.ts'
import { readCsvTable, UnevenRows } from '../../src/parsers/common/csv-table.ts'

type Read = { readonly rows: readonly (readonly string[])[]; readonly gaps: readonly string[]; readonly parsed: number }

/** Reads a table whose header has a column `Name`. */
async function read(text: string, repeats: boolean): Promise<Read> {
  const bytes = Buffer.from(text)
  const rows: (readonly string[])[] = []
  const gaps: Omit<Gap, 'path'>[] = []
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const parsed = await readCsvTable(
    { path: 'table.csv', windowsPath: null, size: bytes.length, bytes, text, modified: null, chunks },
    { event() {}, fact() {}, gap: (gap) => void gaps.push(gap) },
    {
      headerOf: (line) => [...headersOf(line)].find(({ names }) => names.includes('Name')) ?? null,
      repeats,
      take(record, { names }, unread) {
        if (record.broken || record.values.length !== names.length) unread(record, 'corrupt', 'columns')
        else rows.push(record.values)
      },
    },
  )
  return { rows, gaps: gaps.map(({ reason, line }) => `${reason} ${line}`), parsed }
}

const cases: readonly [
  name: string,
  text: string,
  repeats: boolean,
  rows: readonly (readonly string[])[],
  gaps: readonly string[],
][] = [
  [
    'header, blank lines, the type of PowerShell',
    '#TYPE X\nName,Size\n\na,1\n\nb,2\n',
    false,
    [
      ['a', '1'],
      ['b', '2'],
    ],
    [],
  ],
  ['another delimiter', 'Name;Size\na;1\n', false, [['a', '1']], []],
  [
    'a value of two lines, one of them like a header',
    'Name,Size\n"a\nName,Size",1\nb,2\n',
    true,
    [
      ['a\nName,Size', '1'],
      ['b', '2'],
    ],
    [],
  ],
  [
    'a header again',
    'Name,Size\na,1\nSize,Name\n2,b\n',
    true,
    [
      ['a', '1'],
      ['2', 'b'],
    ],
    [],
  ],
  ['a row like a header', 'Name,Size\nName,Size\n', false, [['Name', 'Size']], []],
  ['text before the header', 'note\nName,Size\na,1\n', false, [['a', '1']], ['unsupported 1']],
  ['no header', 'a,1\nb,2\n', false, [], ['unsupported 1']],
  ['a quote that does not close costs its own line', 'Name,Size\n"a,1\nb,2\n', false, [['b', '2']], ['corrupt 2']],
  ['a row with other columns', 'Name,Size\na\nb,2\n', false, [['b', '2']], ['corrupt 2']],
]

for (const [name, text, repeats, rows, gaps] of cases) {
  test(name, async () => {
    const done = await read(text, repeats)
    assert.deepEqual([done.rows, done.gaps], [rows, gaps])
    assert.equal(done.parsed === Buffer.byteLength(text), gaps.length === 0)
  })
}

test('a row with more or fewer values than the table has columns costs the time of the file, once', () => {
  const gapsOf = (...rows: readonly (readonly string[])[]): readonly string[] => {
    const gaps: string[] = []
    const uneven = new UnevenRows({ event() {}, fact() {}, gap: ({ detail }) => void gaps.push(detail) })
    for (const [i, values] of rows.entries()) uneven.see({ values: [...values], offset: i, number: i, ended: i < 3 }, 2)
    return gaps
  }
  const row = ['a', 'b']
  assert.deepEqual(gapsOf(row, [...row, ''], row), [])
  assert.deepEqual(gapsOf(row, [...row, 'c'], ['a']), ['a row with more values than the table has columns'])
  assert.deepEqual(gapsOf(row, ['a'], row), ['a row with fewer values than the table has columns'])
  // The last row may be cut with its file.
  assert.deepEqual(gapsOf(row, row, row, ['a']), [])
})
