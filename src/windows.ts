import type { Case } from './case.ts'
import { serious } from './case.ts'
import { type Door, doorAt } from './exposure.ts'
import type { Campaign, Finding, LogKind } from './model.ts'
import { day } from './phrases.ts'

const DAY = 86_400_000

/** When a campaign is asked about on this server, and why. */
export type Window = {
  readonly campaign: Campaign
  readonly door: Door
  readonly from: number
  /** End of the door's window (half-open). */
  readonly to: number
  /** To the last moment of the evidence: shells are used after the patch. */
  readonly end: number
  readonly asked: boolean
  /** Not asked although the server was or may have been vulnerable in its wave. */
  readonly perhaps: boolean
  readonly reason: string
  readonly settled: string | null
}

export function windowOf(c: Case, campaign: Campaign): Window {
  const door = c.doors.get(campaign.id)!
  const wave = { from: Date.parse(campaign.wave.from), to: Date.parse(campaign.wave.to) + DAY }
  const last = c.meter.last
  const settled = settledBy(c, door, wave)
  let from = Math.max(wave.from, c.server.installed ?? wave.from)
  let to = Math.min(door.fixedAt ?? Infinity, wave.to, last ?? -Infinity)
  let end = last ?? wave.from
  if (c.narrowed) {
    from = Math.max(from, c.narrowed.from ?? from)
    to = Math.min(to, c.narrowed.to ?? to)
    end = Math.min(end, c.narrowed.to ?? end)
  }
  const base = { campaign, door, from, to, end, settled }
  const open = openIn(door, wave)
  const begins = needed(campaign).flatMap((kind) => c.meter.begin(kind) ?? [])
  const first = begins.length > 0 ? Math.min(...begins) : null

  if (c.named.includes(campaign.id)) return { ...base, asked: true, perhaps: false, reason: 'named by --campaign' }
  const noted = c.found.find(
    (f) => f.counts && f.finding.campaign === campaign.id && serious(f.finding) && inWaveOrOpen(f.finding, wave, door),
  )
  if (noted) return { ...base, asked: true, perhaps: false, reason: `a finding speaks of it (${noted.finding.id})` }
  if (open === null)
    return {
      ...base,
      asked: false,
      perhaps: false,
      reason:
        settled ??
        (c.server.product === 'none'
          ? 'the evidence shows no sign of Exchange'
          : 'no build of this server was open to it in its wave'),
    }
  if (first !== null && last !== null && open.from <= last && open.to >= first - 30 * DAY) {
    return {
      ...base,
      asked: true,
      perhaps: false,
      reason: 'the logs reach into its wave while the server was or may have been open to it',
    }
  }
  // Of what came later it cannot tell, and need not.
  if (last !== null && last < open.from)
    return { ...base, asked: false, perhaps: false, reason: 'the evidence ends before its wave began' }
  const reason =
    first === null
      ? 'no log of the kinds that it needs is in the evidence'
      : 'the logs of that time no longer exist in this evidence'
  // What was set up after the wave had no door in it.
  return { ...base, asked: false, perhaps: settled === null && c.server.product !== 'none', reason: settled ?? reason }
}

/** What exposure alone settles: product not affected, fixed before the wave, installed after it. */
function settledBy(c: Case, door: Door, wave: { from: number; to: number }): string | null {
  if (c.server.product === 'none') return null
  if (!door.affected) return `exposure: ${c.server.product} is not affected`
  if (c.server.installed !== null && c.server.installed >= wave.to)
    return `exposure: installed on ${day(c.server.installed)}, after the wave`
  const first = door.spans[0]
  if (
    first &&
    first.state === 'fixed' &&
    first.from !== null &&
    first.from <= Math.max(wave.from, c.server.installed ?? -Infinity) + DAY &&
    door.end === 'fixed' &&
    door.lastOpen === null
  ) {
    return `exposure: build ${first.build} had the fix before the wave began`
  }
  return null
}

/** The wave, cut to when the server was or may have been open; null when it never was. */
function openIn(door: Door, wave: { from: number; to: number }): { from: number; to: number } | null {
  if (!door.affected) return null
  const to = Math.min(door.fixedAt ?? Infinity, wave.to)
  return to > wave.from ? { from: wave.from, to } : null
}

function inWaveOrOpen(finding: Finding, wave: { from: number; to: number }, door: Door): boolean {
  if (finding.time === null) return false
  const time = Date.parse(finding.time)
  return (time >= wave.from && time < wave.to) || (door.spans.length > 0 && doorAt(door, time) === 'open')
}

function needed(campaign: Campaign): LogKind[] {
  return [...new Set([...(campaign.needs.targeted ?? []), ...(campaign.needs.exploited ?? [])].flat())]
}

/** A finding belongs to a campaign if it lies in its open window or a chain links it to one that does; else to `unknown`. */
export function credit(c: Case, windows: readonly Window[]): Map<string, string> {
  const credited = new Map<string, string>()
  const chains = new Map<string, Set<string>>()
  for (const { finding } of c.found) {
    const w = windows.find((window) => window.campaign.id === finding.campaign)
    if (!w?.asked || finding.time === null) continue
    const time = Date.parse(finding.time)
    const open = time >= w.from && time <= w.to
    if (!open) continue
    credited.set(finding.id, w.campaign.id)
    if (finding.chain) chains.set(finding.chain, (chains.get(finding.chain) ?? new Set()).add(w.campaign.id))
  }
  for (const { finding } of c.found) {
    if (credited.has(finding.id)) continue
    const linked = finding.chain ? [...(chains.get(finding.chain) ?? [])].sort()[0] : undefined
    credited.set(finding.id, linked ?? 'unknown')
  }
  return credited
}
