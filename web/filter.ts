import { type Assessment } from '../src/model/assessment.ts'
import { type Finding } from '../src/model/finding.ts'
import { levels, stages } from '../src/model/stages.ts'
import { comesTo, comesToOrder } from '../src/reports/shared/weighed.ts'
import { earliestFirst, byWeight } from '../src/reports/shared/selections.ts'
import type { FilterValues } from './state.ts'

export const sortColumns = ['weight', 'time', 'stage', 'level', 'comes', 'title', 'client', 'rows'] as const
export type SortColumn = (typeof sortColumns)[number]
export type Sort = { readonly by: SortColumn; readonly down: boolean }

/** `time` or `-time`; what is no order is by weight. */
export function sortOf(text: string | undefined): Sort {
  const by = sortColumns.find((column) => column === text?.replace(/^-/, ''))
  return by === undefined ? { by: 'weight', down: false } : { by, down: text!.startsWith('-') }
}

export const sortText = ({ by, down }: Sort): string | null => (by === 'weight' ? null : `${down ? '-' : ''}${by}`)

/** The findings of a report by weight, with the text that is searched: made once a report. */
export type Searchable = readonly { readonly finding: Finding; readonly rank: number; text: string | null }[]
export function searchable(report: Assessment): Searchable {
  let all = made.get(report)
  if (!all) made.set(report, (all = byWeight(report).map((finding, rank) => ({ finding, rank, text: null }))))
  return all
}
const made = new WeakMap<Assessment, Searchable>()

/** The findings that the fragment asks for, in its order. */
export function filtered(all: Searchable, v: FilterValues): readonly Finding[] {
  const words = (v.text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const [from, to] = [timeOf(v.from, 0), timeOf(v.to, 59_999)]
  const list = all.filter((entry) => {
    const f = entry.finding
    if (v.stage && f.stage !== v.stage) return false
    if (v.level && f.level !== v.level) return false
    if (v.campaign && f.campaign !== v.campaign) return false
    if (v.log && f.log !== v.log) return false
    if (v.client && f.client !== v.client) return false
    if (v.rule && f.rule !== v.rule) return false
    if (v.target && f.target !== v.target) return false
    if (v.is && comesTo(f) !== v.is) return false
    if (from !== null || to !== null) {
      const [first, last] = [f.first ?? f.time, f.last ?? f.time]
      if (first === null || last === null) return false
      if ((from !== null && last < from) || (to !== null && first > to)) return false
    }
    if (words.length === 0) return true
    entry.text ??= textOf(f)
    return words.every((word) => entry.text!.includes(word))
  })
  return sorted(list, sortOf(v.sort))
}

function sorted(list: Searchable, { by, down }: Sort): readonly Finding[] {
  if (by === 'weight') return list.map((entry) => entry.finding)
  const value = (f: Finding): string | number =>
    by === 'time'
      ? (f.first ?? f.time ?? '~')
      : by === 'stage'
        ? stages.indexOf(f.stage)
        : by === 'level'
          ? levels.indexOf(f.level)
          : by === 'comes'
            ? comesToOrder.indexOf(comesTo(f))
            : by === 'title'
              ? f.title.toLowerCase()
              : by === 'client'
                ? (f.client ?? '~')
                : f.count
  const keyed = list.map(({ finding }) => [value(finding), finding] as const)
  keyed.sort(([a, f], [b, g]) => (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1) || earliestFirst(f, g))
  return keyed.map(([, finding]) => finding)
}

function textOf(f: Finding): string {
  return [
    f.id,
    f.title,
    f.rule,
    f.client,
    f.user,
    f.target,
    f.host,
    f.log,
    f.pack,
    f.campaign,
    ...f.cves,
    ...f.attack,
    ...f.notes,
  ]
    .filter((x) => x !== null)
    .join('\n')
    .toLowerCase()
}

/** `2021-03-03T04:23` as findings have their times; the end of a minute lies before the next. */
function timeOf(text: string | undefined, more: number): string | null {
  const m = /^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.exec(text ?? '')
  if (!m) return null
  const ms = Date.parse(m[1] ? `${text}:00Z` : `${text}T00:00:00Z`)
  return Number.isFinite(ms) ? new Date(ms + (m[1] ? more : more === 0 ? 0 : 86_399_999)).toISOString() : null
}
