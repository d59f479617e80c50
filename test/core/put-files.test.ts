import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RequestTables, TrafficTable } from '../../src/activity/requests.ts'
import { filesPut, isUrlOf } from '../../src/findings/put-files.ts'
import { NO_REQUESTS } from '../../src/activity/requests.ts'
import type { Scan } from '../../src/model/scan.ts'
import { found } from '../weighing/made.ts'

/** What the second lookup searches for, for one finding of an intrusion with these fields. */
function put(
  fields: Readonly<Record<string, string>>,
  what = 'execution program strong effect',
  intrusion = 'i',
): string[] {
  return filesPut([found(what, { fields, intrusion, is: 'likely' })]).map(({ url, kind }) => `${kind} ${url}`)
}
const command = (line: string): string[] => put({ CommandLine: line })

describe('files that an intrusion put into web roots', () => {
  it('are named by events, cmdlets and commands', () => {
    assert.deepEqual(put({ TargetFilename: 'C:\\inetpub\\wwwroot\\Portal\\state.aspx' }), ['page /portal/state.aspx'])
    assert.deepEqual(
      put({ Parameters: '-Mailbox "ann" -FilePath "\\\\127.0.0.1\\C$\\inetpub\\wwwroot\\img\\a.pst"' }),
      ['mail-file /img/a.pst'],
    )
    assert.deepEqual(command('cmd /c copy C:\\Temp\\a.7z C:\\inetpub\\wwwroot\\aspnet_client\\logo.png'), [
      'file /aspnet_client/logo.png',
    ])
    assert.deepEqual(command('cmd /c whoami > "C:\\inetpub\\wwwroot\\aspnet_client\\o.txt"'), [
      'file /aspnet_client/o.txt',
    ])
    assert.deepEqual(
      command(
        'powershell Compress-Archive C:\\x\\lsass.dmp "C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\t.zip"',
      ),
      ['secret-file /owa/auth/t.zip'],
    )
  })

  it('may have names of a pattern', () => {
    assert.deepEqual(command('cmd /c move C:\\exports\\*.pst C:\\inetpub\\wwwroot\\img\\ '), ['mail-file /img/*.pst'])
    assert.deepEqual(command('rar a C:\\inetpub\\wwwroot\\img\\p?.rar C:\\exports\\*.edb'), ['mail-file /img/p*.rar'])
    // A star alone names nothing.
    assert.deepEqual(command('cmd /c copy C:\\exports\\*.* C:\\inetpub\\wwwroot\\img\\*.*'), [])
  })

  it('hold passwords where the folder that was packed does', () => {
    const dump = found('credentials program strong effect', {
      fields: { CommandLine: 'procdump -ma lsass.exe C:\\Work\\out\\l.dmp' },
      intrusion: 'i',
      is: 'likely',
    })
    const packed = found('execution program weak effect', {
      fields: { CommandLine: '7z a C:\\inetpub\\wwwroot\\img\\x.7z C:\\work\\out\\' },
      intrusion: 'i',
      is: 'lead',
    })
    assert.deepEqual(
      filesPut([dump, packed]).map(({ kind, url, by }) => [kind, url, by]),
      [['secret-file', '/img/x.7z', packed.finding.id]],
    )
    assert.deepEqual(
      filesPut([packed]).map(({ kind }) => kind),
      ['file'],
    )
  })

  it('are none where a command reads, lies elsewhere, or belongs to no intrusion', () => {
    assert.deepEqual(command('cmd /c type C:\\inetpub\\wwwroot\\web.config'), [])
    assert.deepEqual(command('cmd /c dir C:\\inetpub\\wwwroot\\aspnet_client\\'), [])
    assert.deepEqual(command('cmd /c copy C:\\inetpub\\wwwroot\\a.txt C:\\Temp\\a.txt'), [])
    assert.deepEqual(command('cmd /c copy C:\\Temp\\a.txt C:\\inetpub\\wwwroot\\a.txt /y'), ['file /a.txt'])
    assert.deepEqual(command('7z a C:\\Temp\\x.7z C:\\Users'), [])
    const fields = { TargetFilename: 'C:\\inetpub\\wwwroot\\a.aspx' }
    assert.deepEqual(filesPut([found('shell page weak name', { fields, is: 'likely' })]), [])
    assert.deepEqual(put(fields, 'attempt request strong use'), [])
  })

  it('are matched to URL paths by the whole path, a star within its last name', () => {
    const is = (url: string, path: string): boolean => isUrlOf({ url }, path)
    assert.equal(is('/img/a.7z', '/img/a.7z'), true)
    assert.equal(is('/img/a.7z', '/other/img/a.7z'), false)
    assert.equal(is('/img/*.pst', '/img/ann.pst'), true)
    assert.equal(is('/img/*.pst', '/img/deep/ann.pst'), false)
    assert.equal(is('/img/a*b*.pst', '/img/aXbY.pst'), true)
    assert.equal(is('/img/a*b*.pst', '/img/aX.pst'), false)
    assert.equal(is('/img/ab*b.pst', '/img/ab.pst'), false)
  })
})

describe('the logs that hold requests for a path', () => {
  const scanOf = (path: string, ...paths: readonly string[]): Scan => {
    const table = new TrafficTable()
    for (const value of paths) table.addRow(table.numberOf(value), { 'sc-status': 200 }, 1_000, '192.0.2.1')
    return { artifact: { path, sha256: path }, requests: { ...NO_REQUESTS, path: table.tally() } } as unknown as Scan
  }

  it('are noted of paths that end like files, and not of those in very many logs', () => {
    const tables = new RequestTables()
    tables.addFile(scanOf('a.log', '/x.aspx', '/owa/'))
    tables.addFile(scanOf('b.log', '/x.aspx', '/owa/'))
    const numberOf = (value: string): number => tables.of.path.values.indexOf(value)
    assert.deepEqual(tables.filesOf(numberOf('/x.aspx')), ['a.log', 'b.log'])
    assert.deepEqual(tables.filesOf(numberOf('/owa/')), [])
    for (let i = 0; i < 100; i++) tables.addFile(scanOf(`${i}.log`, '/x.aspx'))
    assert.equal(tables.filesOf(numberOf('/x.aspx')), null)
  })
})
