import { canonicalJson } from '../../lib/json.ts'
import type { Assessment } from '../../model/assessment.ts'
import { questionOrder } from '../../locales/en/words.ts'

/** An assessment and the folder that its files lie in, relative to OUT. */
export type AssessmentInFolder = { readonly assessment: Assessment; readonly path: string }

/** A server of the run that could not be assessed: the name of its evidence, and why. */
export type Failed = { readonly evidence: string; readonly reason: string }

/** summary.json: every server of a run in a few words, for programs. */
export function summaryJson(servers: readonly AssessmentInFolder[], failed: readonly Failed[] = []): string {
  return `${canonicalJson({ schema: 'postern-summary/1', servers: servers.map(summaryOf), failed }, 1)}\n`
}

function summaryOf({ assessment, path }: AssessmentInFolder): unknown {
  const { verdict, server, exposure } = assessment
  const answers = Object.create(null) as Record<string, string>
  for (const question of questionOrder) {
    answers[question] = assessment.answers.find((a) => a.question === question)?.is ?? 'not-asked'
  }
  return {
    name: server.name,
    path,
    verdict: {
      is: verdict.is,
      sentence: verdict.sentence,
      sure: verdict.sure,
      open: verdict.open,
      covers: verdict.covers,
    },
    answers,
    patchedTooLate: exposure.patchedTooLate,
    mailboxes: [...new Set(known(assessment))],
  }
}

function known(assessment: Assessment): readonly string[] {
  return assessment.mailboxes.filter((m) => m.certainty === 'named' || m.certainty === 'joined').map((m) => m.mailbox)
}
