import { actions, duties } from './page/actions.ts'
import { answers, first, limits, settle } from './page/answers.ts'
import { charts } from './page/charts.ts'
import { drawer, findings } from './page/findings.ts'
import { frame } from './page/frame.ts'
import { addresses, back, coverage, evidence, exposure, mail, others, requests, unread, who } from './page/server.ts'
import { path, story } from './page/story.ts'
import { words } from './page/words.ts'
import { weighed } from './page/weighed.ts'
import { vocabulary } from './vocabulary.ts'

/** English: the catalog that the others are held against. A text with values in it is a function of them. */
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
  verdict: vocabulary.verdict,
  charts,
}
