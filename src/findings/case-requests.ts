import { compareText } from '../lib/compare.ts'
import { type BackEndAnswer, type CaseKeys, type Elsewhere, keyLimits } from '../model/case-keys.ts'
import type { Event, Fields } from '../model/event.ts'
import { isBackEnd } from '../model/log-kinds.ts'
import { isSuccessStatus } from '../model/requests.ts'
import type { RuleInfo } from '../model/rule.ts'
import type { Scan } from '../model/scan.ts'
import { isForged } from './back-end-join.ts'
import { withClient } from './client-addresses.ts'
import { type Located, located } from './located.ts'

// Requests whose front end is one server of a case and whose back end is another: what they exchange.

/** Entries of the back ends of other servers as hits here: they answer requests of this server's front end. */
export function answersFrom({ answers }: Elsewhere, infos: ReadonlyMap<string, RuleInfo>): Located[] {
  return answers.flatMap(({ rule, sha256, event, matched, from }): Located[] => {
    const info = infos.get(rule)
    return info === undefined ? [] : [{ rule, event, matched, sha256, info, joined: [], evidenceOf: from.server }]
  })
}

/** Requests of this server that its own evidence does not answer, requests that others sent, and the answers to the requested ones. */
export function openRequests(
  scans: readonly Scan[],
  infos: ReadonlyMap<string, RuleInfo>,
  proxies: ReadonlySet<string>,
  elsewhere: Elsewhere,
): Pick<CaseKeys, 'front' | 'back' | 'answers' | 'beyond'> {
  const byId = new Map<string, { readonly front: Located[]; readonly back: Located[] }>()
  for (const hit of located(scans, infos)) {
    const isBack = isBackEnd(hit.event.log)
    if (hit.event.request === null || hit.match || hit.misplaced || (!isBack && !isForged(hit))) continue
    const id = idOf(hit)
    const both = byId.get(id) ?? { front: [], back: [] }
    byId.set(id, both)
    ;(isBack ? both.back : both.front).push(hit)
  }
  const [front, back, answers] = [[] as Located[], [] as Located[], [] as Located[]]
  const asked = new Set(elsewhere.front.map(({ campaign, request }) => `${campaign}\0${request}`))
  for (const [id, both] of byId) {
    if (both.front.length > 0 && both.back.length > 0) continue
    if (both.front.length > 0) front.push([...both.front].sort(byPlace)[0]!)
    else back.push(both.back[0]!)
    if (asked.has(id)) for (const hit of both.back) answers.push(hit)
  }
  // What the front end saw succeed is worth most; the rest in the order of time.
  const served = ({ event: { fields } }: Located): number =>
    isSuccessStatus(fields.BackEndStatus ?? fields['sc-status']) ? 0 : 1
  const limited = (name: 'front' | 'back' | 'answers', hits: readonly Located[]): readonly Located[] => {
    const left = hits.length - keyLimits[name]
    if (left > 0) beyond[name] = left
    return [...hits].sort((a, b) => served(a) - served(b) || byPlace(a, b)).slice(0, keyLimits[name])
  }
  const beyond: Record<string, number> = {}
  return {
    front: limited('front', front).map((hit) => {
      const { client, at } = withClient(hit.event, proxies)
      return { ...partsOf(hit), client, path: at.path.slice(0, keyLimits.text), line: at.line ?? null }
    }),
    back: limited('back', back).map(partsOf),
    answers: limited('answers', answers).map(stored),
    beyond,
  }
}

function partsOf({ info, event }: Located): { readonly campaign: string; readonly request: string } {
  return { campaign: info.campaign, request: event.request!.slice(0, keyLimits.text) }
}

function idOf(hit: Located): string {
  const { campaign, request } = partsOf(hit)
  return `${campaign}\0${request}`
}

function byPlace(a: Located, b: Located): number {
  const [x, y] = [a.event, b.event]
  return (
    (x.time ?? Infinity) - (y.time ?? Infinity) ||
    compareText(a.sha256, b.sha256) ||
    x.at.offset - y.at.offset ||
    compareText(a.rule, b.rule)
  )
}

/** An entry as it can be stored: its client, which is a front end, is left to the request that it answers. */
function stored(hit: Located): BackEndAnswer {
  const { rule, sha256, event, matched } = hit
  return { ...partsOf(hit), rule, sha256, matched: matched.slice(0, 20), event: storedEvent(event) }
}

function storedEvent(event: Event): Event {
  const { raw, fields, client: _, ...rest } = event
  return { ...rest, client: null, raw: raw.slice(0, keyLimits.raw), fields: storedFields(fields) }
}

function storedFields(fields: Fields): Fields {
  const cut = (value: string | number): string | number =>
    typeof value === 'string' ? value.slice(0, keyLimits.raw) : value
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? cut(value)
        : Array.isArray(value)
          ? (value as readonly (string | number)[]).map(cut)
          : value,
    ]),
  )
}
