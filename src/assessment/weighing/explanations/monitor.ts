import { addTo } from '../../../lib/collections.ts'
import { isPrivate } from '../../../lib/ip.ts'
import { dayOf } from '../../../lib/time.ts'
import { type Event, fieldText } from '../../../model/event.ts'
import type { Explain } from './explanation.ts'

/** Fewest requests and days, and the part of all intervals that must be alike. */
const [REQUESTS, DAYS, ALIKE] = [50, 3, 0.8]

/**
 * A monitor or a load balancer uses it: addresses inside alone request it, without a logon and without sending anything, on three
 * days or more at steady intervals.
 */
export const monitor: Explain = ({ subject, found }) => {
  if (subject.kind !== 'page') return null
  const requests = found.flatMap(({ hits }) => hits.flatMap(({ event }) => (event.client === null ? [] : [event])))
  const times = new Map<string, number[]>()
  for (const { client, log, time } of requests) if (time !== null) addTo(times, `${log}\0${client}`, time)
  const days = new Set([...times.values()].flatMap((own) => own.map(dayOf)))
  const isMonitor = requests.length >= REQUESTS && days.size >= DAYS && requests.every(isProbe)
  if (!isMonitor || ![...times.values()].every(isSteady)) return null
  return {
    by: 'monitor',
    strength: 'weak',
    answers: ['use', 'name'],
    statement: 'Addresses inside alone request it, at steady intervals and without a logon, as monitors do.',
  }
}

function isProbe(event: Event): boolean {
  return isPrivate(event.client!) && event.user === null && /^(?:GET|HEAD)$/i.test(fieldText(event, 'cs-method') ?? '')
}

function isSteady(times: readonly number[]): boolean {
  const sorted = [...times].sort((a, b) => a - b)
  const gaps = sorted.slice(1).map((time, i) => time - sorted[i]!)
  const usual = [...gaps].sort((a, b) => a - b)[gaps.length >> 1]
  if (usual === undefined) return false
  return gaps.filter((gap) => Math.abs(gap - usual) <= usual / 10).length >= ALIKE * gaps.length
}
