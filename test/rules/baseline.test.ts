import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import { ownBaseline, readBaseline } from '../../src/knowledge/baselines.ts'
import { PosternError } from '../../src/lib/errors.ts'
import {
  baselineKey,
  judgeFile,
  baselineOf,
  readBaselineList,
  type BaselineRow,
  writeList,
} from '../../src/rules/baselines/baseline.ts'
import { packBaseline, unpackBaseline } from '../../src/rules/baselines/file-format.ts'

const digest = (n: number): string => n.toString(16).padStart(8, '0').repeat(8)
const rows: readonly BaselineRow[] = [
  { sha256: digest(1), path: 'FrontEnd\\HttpProxy\\owa\\auth\\logon.aspx', from: '15.1.1.1', to: '15.1.2.1' },
  { sha256: digest(2), path: 'FrontEnd\\HttpProxy\\owa\\auth\\logon.aspx', from: '15.2.1.1', to: '15.2.1.1' },
  { sha256: digest(3), path: 'ClientAccess/ecp/<build>/a.js', from: '15.1.1.1', to: '15.1.1.1' },
  { sha256: digest(3), path: 'ClientAccess/ecp/<build>/b.js', from: '15.1.2.1', to: '15.2.1.1' },
]

const judged: readonly (readonly [path: string, sha256: string, expected: unknown])[] = [
  ['frontend/httpproxy/owa/auth/logon.aspx', digest(1), ['known', true, true, '15.1.1.1–15.1.2.1', null]],
  [
    'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\LOGON.aspx',
    digest(2),
    ['known', true, true, '15.2.1.1', null],
  ],
  ['clientaccess/ecp/15.1.2044.4/a.js', digest(3), ['known', true, true, '15.1.1.1', null]],
  ['frontend/httpproxy/owa/auth/logon.aspx', digest(9), ['changed', true, false, null, null]],
  ['frontend/httpproxy/owa/auth/x.aspx', digest(9), ['unknown-path', false, false, null, null]],
  [
    'frontend/httpproxy/owa/auth/x.aspx',
    digest(3),
    ['known-elsewhere', false, true, '15.1.1.1–15.2.1.1', 'clientaccess/ecp/<v>/a.js'],
  ],
  ['C:\\inetpub\\wwwroot\\iisstart.htm', digest(9), null],
  ['C:\\Program Files\\Microsoft\\Exchange Server\\V14\\ClientAccess\\owa\\x.aspx', digest(9), null],
]

describe('baseline', () => {
  for (const [form, baseline] of [
    ['packed', unpackBaseline(packBaseline(rows, 'test'), 'a.baseline')],
    ['listed', baselineOf(rows, 'a.tsv', 'test')],
    ['written and read', baselineOf(readBaselineList(writeList(rows, ['comment']), 'a.tsv'), 'a.tsv', 'test')],
  ] as const) {
    it(`${form}: judges by path and content`, () => {
      for (const [path, sha256, expected] of judged) {
        const is = judgeFile([baseline], path, sha256)
        assert.deepEqual(is && [is.is, is.knownPath, is.knownHash, is.builds, is.elsewhere], expected, path)
      }
      assert.deepEqual([baseline.paths, baseline.digests], [3, 3])
    })
  }

  it('knows nothing without a baseline', () => assert.equal(judgeFile([], 'frontend/x.aspx', digest(1)), null))

  it('reads lists of other tools', () => {
    for (const [text, expected] of [
      [
        `"Algorithm","Hash","Path"\r\n"SHA256","${digest(10).toUpperCase()}","C:\\inetpub\\a.htm"\r\n`,
        ['inetpub/a.htm', ''],
      ],
      [`Path;SHA256;Build\nX:\\Exchange Server\\V15\\Bin\\a.dll;${digest(10)};15.2.1.1\n`, ['bin/a.dll', '15.2.1.1']],
      [`${digest(10)}\tbin\\a.dll\t15.1.1.1..15.2.1.1\n`, ['bin/a.dll', '15.1.1.1']],
    ] as const) {
      const [row] = readBaselineList(text, 'list.csv')
      assert.deepEqual([baselineKey(row!.path), row!.from], expected)
    }
    for (const bad of [
      '',
      'Hash,Path\nabc,x\n',
      `Algorithm,Hash,Path\nMD5,${digest(1)},x\n`,
      `Hash,Path\n${digest(1)},\n`,
    ])
      assert.throws(() => readBaselineList(bad, 'list.csv'), PosternError)
  })

  it('refuses what is no whole baseline', () => {
    const whole = packBaseline(rows, 'test')
    for (let at = 0; at < whole.length; at++)
      assert.throws(() => unpackBaseline(whole.subarray(0, at), 'cut'), PosternError)
  })

  it('refuses tables and digests that no baseline has', () => {
    const packed = (tables: Buffer, digests = Buffer.alloc(0)): Buffer => {
      const body = brotliCompressSync(tables)
      const sizes = Buffer.alloc(12)
      ;[body.length, tables.length, digests.length / 16].forEach((n, i) => sizes.writeUInt32LE(n, i * 4))
      return Buffer.concat([Buffer.from('postern-baseline/1\n'), sizes, body, digests])
    }
    const head = '{"origin":"x","builds":["15.1.1.1"]}\n'
    assert.equal(unpackBaseline(packed(Buffer.from(`${head}\0\0\0`)), 'empty').paths, 0)
    for (const [what, tables, digests] of [
      ['no first line', Buffer.alloc(3)],
      ['nothing', Buffer.alloc(0)],
      ['no JSON', Buffer.from('x\n\0\0\0')],
      ['null', Buffer.from('null\n\0\0\0')],
      ['no builds', Buffer.from('{"origin":"x"}\n\0\0\0')],
      ['builds that are no list', Buffer.from('{"origin":"x","builds":{"map":1}}\n\0\0\0')],
      ['builds that are no texts', Buffer.from('{"origin":"x","builds":[1]}\n\0\0\0')],
      ['more builds than numbers', Buffer.from(`{"origin":"x","builds":[${'"",'.repeat(65_535)}""]}\n\0\0\0`)],
      ['a huge count', Buffer.from(`${head}\xff\xff\xff\xff\x7f\0\0`, 'latin1')],
      ['too large', Buffer.concat([Buffer.from(head), Buffer.alloc(64 * 1024 * 1024)])],
      ['digests that are all the same', Buffer.from(`${head}\0\0\0`), Buffer.alloc(16 * 50_000)],
    ] as const)
      assert.throws(() => unpackBaseline(packed(tables, digests), 'x'), PosternError, what)
  })

  it('the one that ships is whole, and knows the pages of the front end', () => {
    const own = readBaseline(ownBaseline)
    assert.deepEqual([own.paths, own.digests, own.builds.length], [56925, 124432, 121])
    assert.ok(own.hasPath('frontend/httpproxy/owa/auth/<v>/scripts/premium/flogon.js'))
    assert.ok(!own.hasPath('frontend/httpproxy/owa/auth/redirsuiteserverproxy.aspx'))
    assert.deepEqual(
      ['frontend', 'clientaccess', 'bin', ''].map((folder) => own.hasFolder(folder)),
      [true, true, false, false],
    )
    assert.ok(own.hasName('logon.aspx') && !own.hasName('redirsuiteserverproxy.aspx'))
    assert.equal(own.atPath('frontend/httpproxy/owa/auth/logon.aspx', digest(1)), null)
  })
})
