import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { decodeEncodedText } from '../../src/evidence/encoded.ts'
import { pageFlow } from '../../src/rules/web-shells/data-flow.ts'
import { layered } from '../../src/rules/web-shells/decode.ts'
import { loadYara } from '../../src/rules/yara/yara.ts'
import { casesOf } from '../tenth.ts'

// A virus scanner must leave what ships alone: rules and samples of web shells stand in it in an encoding, and the code
// that looks for them does not look like them.

const root = join(import.meta.dirname, '../..')
const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] }
const shipped = files.flatMap((name) => filesIn(name))

function filesIn(name: string): string[] {
  if (!statSync(join(root, name)).isDirectory()) return [name]
  return readdirSync(join(root, name)).flatMap((one) => filesIn(join(name, one)))
}

describe('what ships', () => {
  it('is no web shell to the rules for web shells', () => {
    const path = 'packs/proxylogon-2021/yara/web-shells.yar'
    const text = decodeEncodedText(readFileSync(join(root, `${path}.enc`), 'utf8')).toString('utf8')
    const { scanners } = loadYara([{ path, text, pack: 'test', campaign: 'unknown', settings: {} }])
    const all = [...scanners.map(layered), pageFlow]
    const loud = new Set(all.flatMap(({ infos }) => infos.flatMap(({ id, level }) => (level === 'low' ? [] : [id]))))
    // The program as a whole, and a tenth of the samples.
    const samples = shipped.filter((name) => !/^dist\b/.test(name))
    const found = [...shipped.filter((name) => /^dist\b/.test(name)), ...casesOf(samples)]
      .filter((name) => statSync(join(root, name)).size < 3_000_000)
      .flatMap((name) => {
        const bytes = readFileSync(join(root, name))
        const rules = all.flatMap((scanner) => scanner.scan(bytes).map(({ rule }) => rule))
        return rules.filter((rule) => loud.has(rule)).map((rule) => `${name}: ${rule}`)
      })
    assert.deepEqual(found, [])
  })

  it('has no mark of server code in the program', () => {
    const marked = shipped
      .filter((name) => /^dist\b.*\.js$/.test(name))
      .filter((name) =>
        /<%|<\?php|IHttp|runat|@\{|72C24DD5-|F935DC22-|13709620-/.test(readFileSync(join(root, name), 'latin1')),
      )
    assert.deepEqual(marked, [])
  })

  it('has pages of samples that run something in an encoding alone', () => {
    const pages = shipped.filter((name) => /\.(?:aspx?|ashx|asmx|ascx|php)$/i.test(name))
    const run = pages.filter((name) =>
      /CreateObject|Process\s*\.\s*Start|ProcessStartInfo|\beval\s*\(/i.test(readFileSync(join(root, name), 'latin1')),
    )
    assert.deepEqual(run, [])
  })
})
