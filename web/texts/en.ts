import { actions, duties } from './en/actions.ts'
import { answers, first, limits, settle } from './en/answers.ts'
import { charts } from './en/charts.ts'
import { drawer, findings } from './en/findings.ts'
import { frame } from './en/frame.ts'
import { addresses, back, coverage, evidence, exposure, mail, others, requests, unread, who } from './en/server.ts'
import { path, story } from './en/story.ts'
import { words } from './en/words.ts'
import { weighed } from './en/weighed.ts'

/** English: the catalogue that the others are held against. A text with values in it is a function of them. */
export const en = {
  frame,
  words,
  first,
  answers,
  settle,
  weighed,
  limits,
  story,
  path,
  actions,
  duties,
  mail,
  back,
  addresses,
  requests,
  others,
  who,
  coverage,
  exposure,
  findings,
  drawer,
  unread,
  evidence,
  verdict: {
    compromised: 'Compromised',
    exploited: 'Exploited',
    targeted: 'Targeted',
    'cannot-tell': 'Cannot tell',
    'no-evidence': 'No evidence',
  },
  charts,
}
