import assert from 'node:assert/strict'
import { it } from 'node:test'
import { isIntrusion, isNoise, isSignOfIntrusion, levelBefore, serious } from '../../src/findings/serious.ts'
import { found } from './made.ts'

/** A line for each finding: its own level and rating, then more than an attempt, an intrusion, noise, a sign of an intrusion. */
const table = [
  'shell page decisive content | critical | serious intrusion - sign',
  'shell page strong content | high | serious intrusion - sign',
  'shell page weak content | medium | serious - - -',
  'shell page context content | informational | - - noise -',
  'access request strong use | high | serious intrusion - sign',
  'access request weak use | medium | serious - - -',
  'attempt request decisive content | low | - - - -',
  'attempt request weak content | low | - - noise -',
  'recon request strong content | low | - - - -',
  'recon request weak content | low | - - noise -',
  'context request strong content | informational | - - - -',
  'cleanup program strong use | high | - - - -',
  'exfiltration request decisive use | critical | serious intrusion - sign',
]

it('what a finding is by itself', () => {
  for (const line of table) {
    const what = line.split(' | ')[0]!
    const { finding } = found(what)
    const { stage, sign } = finding
    const words = [
      serious(finding) ? 'serious' : '-',
      isIntrusion(finding) ? 'intrusion' : '-',
      isNoise(stage, sign) ? 'noise' : '-',
      isSignOfIntrusion(finding) ? 'sign' : '-',
    ]
    assert.equal([what, levelBefore(stage, sign), words.join(' ')].join(' | '), line)
  }
})

it('what was weighed down is serious no more, and no intrusion', () => {
  const { finding } = found('shell page strong content', { level: 'low', is: 'lead' })
  assert.deepEqual([serious(finding), isIntrusion(finding)], [false, false])
  const lead = found('shell page strong content', { is: 'lead' }).finding
  assert.deepEqual([serious(lead), isIntrusion(lead)], [true, false])
})
