import type { Finding } from '../../model/finding.ts'
import type { Level } from '../../model/stages.ts'
import { technique, techniquesOf } from '../shared/attack-technique.ts'
import { brief, jsonObject } from '../shared/serialize.ts'
import type { Report } from '../report.ts'
import { countsForServer } from '../shared/weighed.ts'
import { stageTexts, verdictWords } from '../../locales/en/words.ts'

/**
 * navigator.json: a layer of the ATT&CK Navigator. The score of a technique is that of its weightiest finding, so that one
 * proof weighs more than many hints.
 * https://github.com/mitre-attack/attack-navigator/blob/master/layers/spec/v4.5/layerformat.md
 */
export const navigator: Report = {
  name: 'navigator',
  file: 'navigator.json',
  *write(assessment) {
    const of = new Map<string, Finding[]>()
    for (const finding of assessment.findings) {
      if (!countsForServer(finding)) continue
      for (const id of new Set(finding.attack)) {
        if (technique(id) === null) continue
        const list = of.get(id)
        if (list) list.push(finding)
        else of.set(id, [finding])
      }
    }
    yield* jsonObject([
      ['name', `Postern: ${brief(assessment.server.name)}`],
      ['versions', { navigator: '5.1.0', layer: '4.5' }],
      ['domain', 'enterprise-attack'],
      ['description', `${verdictWords(assessment.verdict)}. ${assessment.verdict.sentence}`],
      ['sorting', 3],
      ['layout', { layout: 'side', showID: true, showName: true, expandedSubtechniques: 'annotated' }],
      ['hideDisabled', false],
      ['techniques', () => techniquesOf(of.keys()).map(({ id }) => scored(id, of.get(id)!))],
      ['gradient', { colors: ['#ffe766', '#ff6666'], minValue: 0, maxValue: 100 }],
      ['legendItems', legend],
      ['showTacticRowBackground', false],
      ['selectTechniquesAcrossTactics', true],
      ['selectSubtechniquesWithParent', false],
    ])
    yield '\n'
  },
}

const levels: Readonly<Record<Level, number>> = { informational: 5, low: 20, medium: 40, high: 60, critical: 80 }

const legend = [
  { label: '80 and more: certain, high or critical', color: '#ff6666' },
  { label: 'below: probable, or of less weight', color: '#ffe766' },
]

/** By the level of the weightiest finding, and 20 more where it is certain. */
function scored(id: string, findings: readonly Finding[]): unknown {
  const score = findings.reduce((most, { level, is }) => Math.max(most, levels[level] + (is === 'yes' ? 20 : 0)), 0)
  const titles = new Map<string, number>()
  for (const { title } of findings) titles.set(title, (titles.get(title) ?? 0) + 1)
  const shown = [...titles].slice(0, 10).map(([title, n]) => `${brief(title)}${n > 1 ? ` (${n})` : ''}`)
  const rows = findings.reduce((sum, { count }) => sum + count, 0)
  const proofs = findings.filter(({ is }) => is === 'yes').length
  return {
    techniqueID: id,
    score,
    enabled: true,
    comment: `${shown.join('; ')}${titles.size > 10 ? `; and ${titles.size - 10} further` : ''}`,
    metadata: [
      { name: 'findings', value: String(findings.length) },
      { name: 'of them proofs', value: String(proofs) },
      { name: 'rows', value: String(rows) },
      { name: 'stages', value: [...new Set(findings.map(({ stage }) => stageTexts[stage]))].join(', ') },
      {
        name: 'ids of findings',
        value: brief(
          findings
            .slice(0, 20)
            .map((f) => f.id)
            .join(' '),
          400,
        ),
      },
    ],
  }
}
