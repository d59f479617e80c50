import { Administration } from '../../src/activity/administration.ts'
import type { ExplanationContext } from '../../src/assessment/weighing/explanations/explanation.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Scan } from '../../src/model/scan.ts'

const DAY = 86_400_000

/** Two months of logs of a server, on which `admin` administered on these days of January. */
export function contextOf(
  all: readonly FindingWithHits[],
  days: readonly number[] = [5, 12],
  more: Partial<ExplanationContext> = {},
): ExplanationContext {
  const first = Date.parse('2026-01-01T00:00:00Z')
  const recorded = days.map((day) => `administered/${Math.floor((first + (day - 1) * DAY) / DAY)}/admin`)
  return {
    server: { builds: [] },
    doors: new Map(),
    logs: { first, last: first + 90 * DAY },
    pages: new Map(),
    administration: new Administration([{ recorded } as unknown as Scan]),
    all,
    ...more,
  }
}
