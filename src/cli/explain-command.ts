import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PosternError } from '../errors.ts'
import type { Member } from '../evidence/container.ts'
import { openEvidence, readMember } from '../evidence/index.ts'
import { decodeText } from '../lib/text.ts'
import { visible } from '../lib/tty.ts'
import type { Finding, Locator } from '../model.ts'
import { loadKnowledge } from '../packs.ts'
import { askAll } from '../rules/ask.ts'
import { scan } from '../scan.ts'
import { zoneOf } from '../lib/zones.ts'
import { readArguments, text, texts } from './arguments.ts'
import { packsFolder } from './place.ts'

export const explainHelp = `postern explain OUT FINDING [--evidence PATH] [--packs DIR] [--rules DIR] [--iocs FILE]

Finds FINDING (an id of findings.jsonl, or its beginning) in the results in OUT, reads its bytes from the evidence
again, compares them with what the report says, and asks the rule again. Exit status: 0 reproduced, 1 not.

  --evidence PATH   where the evidence lies now, if it was moved
`

/** `postern explain`: every statement leads to bytes, and here they are. */
export async function explainCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, {
    evidence: { type: 'string', multiple: true },
    packs: { type: 'string', multiple: true },
    rules: { type: 'string', multiple: true },
    iocs: { type: 'string', multiple: true },
  })
  const [out, id] = positionals
  if (out === undefined || id === undefined || positionals.length > 2)
    throw new PosternError('usage', 'Say: postern explain OUT FINDING')
  const { finding, folder } = findingIn(out, id)
  const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { evidence: string[]; arguments: string[] }
  const evidence = texts(values.evidence).length > 0 ? texts(values.evidence) : run.evidence
  for (const path of evidence) {
    if (!existsSync(path))
      throw new PosternError('no-such-path', `The evidence is no longer at ${path}. Say where it is with --evidence.`)
  }
  const before = optionsOf(run.arguments)
  const pick = (name: string): readonly string[] =>
    texts(values[name]).length > 0 ? texts(values[name]) : (before.get(name) ?? [])
  const packs = pick('packs')
  const knowledge = await loadKnowledge({
    packs: packs.length > 0 ? packs : [packsFolder],
    rules: pick('rules'),
    iocs: pick('iocs'),
  })
  const zone = zoneOf(text(before.get('timezone')?.[0]) ?? '')

  say(`${finding.id}  ${finding.title}`)
  say(
    `rule ${finding.rule} (${finding.pack}, ${finding.author}, ${finding.license}), stage ${finding.stage}, level ${finding.level}`,
  )
  const members = await membersOf(evidence)
  const settings = { rules: knowledge.rules, ask: askAll(knowledge.rules.events), zone }
  let reproduced = 0
  for (const locator of finding.locators) {
    say(
      `\n${locator.path}${locator.line === undefined ? '' : `, line ${locator.line}`}${locator.record === undefined ? '' : `, record ${locator.record}`}, bytes ${locator.offset} to ${locator.offset + locator.length}`,
    )
    const member = await memberOf(members, locator)
    if (!member) {
      say('  NOT REPRODUCED: no file of the evidence has this digest any more')
      continue
    }
    const raw = await bytesAt(member, locator)
    say(`  ${decodeText(raw).trimEnd()}`)
    const again = await scan(member, settings)
    const same = again.artifact.sha256 === locator.artifact
    const hit = again.hits.some(
      (h) => h.rule === finding.rule && h.event.at.offset === locator.offset && h.event.at.length === locator.length,
    )
    if (same && hit) reproduced++
    say(
      same
        ? `  SHA-256 ${locator.artifact}: the same file`
        : `  SHA-256 ${again.artifact.sha256}: NOT the file that the report speaks of (${locator.artifact})`,
    )
    say(hit ? '  the rule matches these bytes again' : '  NOT REPRODUCED: the rule does not match these bytes')
  }
  for (const innocent of finding.innocent) say(`\ninnocent explanation: ${innocent}`)
  for (const next of finding.next) say(`next check: ${next}`)
  say(`\n${reproduced} of ${finding.locators.length} places reproduced.`)
  return reproduced === finding.locators.length ? 0 : 1
}

function say(line: string): void {
  process.stdout.write(`${line.split('\n').map(visible).join('\n')}\n`)
}

function findingIn(out: string, id: string): { finding: Finding; folder: string } {
  if (!existsSync(out)) throw new PosternError('no-such-path', `There is nothing at ${out}.`)
  const folders = [
    out,
    ...readdirSync(out, { withFileTypes: true })
      .filter((e) => e.isDirectory())
      .map((e) => join(out, e.name)),
  ].filter((f) => existsSync(join(f, 'findings.jsonl')))
  if (folders.length === 0)
    throw new PosternError('not-an-assessment', `${out} holds no results of an assessment (no findings.jsonl).`)
  const matches = folders.flatMap((folder) =>
    readFileSync(join(folder, 'findings.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Finding)
      .filter((finding) => finding.id.startsWith(id))
      .map((finding) => ({ finding, folder })),
  )
  if (matches.length === 1) return matches[0]!
  const exact = matches.find((m) => m.finding.id === id)
  if (exact) return exact
  throw new PosternError(
    'no-such-finding',
    matches.length === 0
      ? `There is no finding ${id} in ${out}.`
      : `${matches.length} findings begin with ${id}; give more of it.`,
  )
}

/** Options of the run that made the results, so that the same rules are asked. */
function optionsOf(args: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [i, arg] of args.entries()) {
    const m = /^--(packs|rules|iocs|timezone)(?:=(.*))?$/.exec(arg)
    if (m) found.set(m[1]!, [...(found.get(m[1]!) ?? []), m[2] ?? args[i + 1] ?? ''])
  }
  return found
}

async function membersOf(evidence: readonly string[]): Promise<Member[]> {
  const members: Member[] = []
  for (const path of evidence) {
    const opened = await openEvidence(path)
    for await (const item of opened.list()) if ('ref' in item && !item.refused) members.push(item)
  }
  return members
}

/** The member at the locator's path; when it is not there any more, the one with its name. */
async function memberOf(members: readonly Member[], locator: Locator): Promise<Member | null> {
  const name = locator.path.slice(locator.path.lastIndexOf('/') + 1)
  return members.find((m) => m.path === locator.path) ?? members.find((m) => m.path.endsWith(`/${name}`)) ?? null
}

async function bytesAt(member: Member, { offset, length }: Locator): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let at = 0
  for await (const chunk of readMember(member.ref)) {
    const [from, to] = [Math.max(0, offset - at), Math.min(chunk.length, offset + length - at)]
    if (to > from) parts.push(Buffer.from(chunk.subarray(from, to)))
    at += chunk.length
    if (at >= offset + length) break
  }
  return Buffer.concat(parts)
}
