import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { listEvidence } from '../../src/evidence/index.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { askAll } from '../../src/rules/match.ts'
import { scanMember, type ScanSettings } from '../../src/scan/scan.ts'

// Who runs a command chooses what stands beside it: words by which rules leave out what only names a tool must not hide one that ran.

const packs = join(import.meta.dirname, '../../packs')
const knowledge = await loadKnowledge({ packs: [packs], rules: [], iocs: [] })
const settings: ScanSettings = {
  rules: { ...knowledge.rules, scanners: [] },
  ask: askAll(knowledge.rules.events),
  zone: null,
}
const STRENGTHS = ['context', 'weak', 'strong', 'decisive']

const beside: readonly (readonly [fields: string, words: string])[] = [
  [
    'CommandLine',
    ' & rem findstr x | select-string y; grep -like x /delete /query /oldest /shadow=1 procdump plink http://10.0.0.1/ https://a.sharepoint.com/ HealthMailbox dir find localhost c:\\windows.edb HarddiskVolumeShadowCopy /vss :\\calendar AllowRefsFormatOverNonmirrorVolume -i /d scecli',
  ],
  [
    'ScriptBlockText|Payload|HostApplication',
    '\n# findstr select-string -like x Export-ExchangeAuthCertificate ExportAuthCertificatesAsPfx where-object { $_.installdate } HealthMailbox localhost c:\\windows.edb HarddiskVolumeShadowCopy /vss :\\calendar function new-aadintsamltoken function convertto-aadintbackdoor -value scecli',
  ],
]

for (const [fields, words] of beside)
  test(`${fields}: words beside a command hide none`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'postern-beside-'))
    try {
      const weaker: string[] = []
      for (const { rule, name, text } of samplesOf(fields)) {
        const at = new RegExp(`("(?:${fields})": ?"(?:[^"\\\\]|\\\\.)*)"`, 'g')
        const changed = text.replaceAll(at, (_, before: string) => `${before}${JSON.stringify(words).slice(1, -1)}"`)
        if (changed === text) continue
        const [before, after] = [await strongest(folder, text), await strongest(folder, changed)]
        if (before > 1 && after < before)
          weaker.push(`${rule}/${name}: ${STRENGTHS[before]} becomes ${STRENGTHS[after]}`)
      }
      assert.deepEqual(weaker, [])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

/** The records on which rules of these fields fire that leave something out, each a strong sign. */
function samplesOf(fields: string): { rule: string; name: string; text: string }[] {
  return readdirSync(packs).flatMap((pack) => {
    const rules = join(packs, pack, 'rules')
    return (existsSync(rules) ? readdirSync(rules) : []).flatMap((file) => {
      const rule = readFileSync(join(rules, file), 'utf8')
      const fire = join(packs, pack, 'samples/rules', file.replace(/\.yml$/, ''), 'fire')
      if (!new RegExp(`(?:${fields})\\|`).test(rule) || !/condition:.*\bnot /.test(rule) || !existsSync(fire)) return []
      return readdirSync(fire)
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => ({ rule: file, name, text: readFileSync(join(fire, name), 'utf8') }))
    })
  })
}

/** The strongest sign of all rules that match, as its place in the list; 0 for none, as for one that counts nothing. */
async function strongest(folder: string, text: string): Promise<number> {
  writeFileSync(join(folder, 'events.jsonl'), text)
  const { members } = await listEvidence(folder)
  const { hits } = await scanMember(members[0]!, settings)
  return Math.max(
    0,
    ...hits.map(({ rule }) => STRENGTHS.indexOf(knowledge.infos.get(rule)?.sign.strength ?? 'context')),
  )
}
