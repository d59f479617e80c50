// A thread of the pool that asks no rules.
import { parentPort, workerData } from 'node:worker_threads'
import { askAll } from '../../src/rules/match.ts'
import { scanMember } from '../../src/scan/scan.ts'
import { serve } from '../../src/run/message-loop.ts'

const settings = { rules: { events: [], scanners: [], broken: [] }, ask: askAll([]), zone: null }
serve(parentPort, new Int32Array(workerData.begun), (member) => scanMember(member, settings))
