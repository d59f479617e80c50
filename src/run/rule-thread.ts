import { parentPort } from 'node:worker_threads'
import { readCompiled } from '../knowledge/rule-cache.ts'
import type { RuleFile } from '../rules/rule.ts'
import { loadRules } from '../rules/index.ts'
import type { FromRuleThread } from './rule-check.ts'

// The thread in which files of rules are tried, for `rule-check.ts`. Each is tried alone: what it asks of others is not
// known here, and is held against them where all of them are.

const port = parentPort!
const { regexes } = readCompiled()

port.on('message', (file: RuleFile) => {
  void loadRules([file], { regexes }).then(
    ({ compiled }) => port.postMessage({ compiled } satisfies FromRuleThread),
    (error: unknown) => port.postMessage({ failed: `the compiler failed (${String(error).slice(0, 200)})` }),
  )
})
