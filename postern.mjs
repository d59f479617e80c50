// `node postern.mjs assess EVIDENCE --out RESULTS`: Postern in a working copy, without npm in front, of which some versions take
// the `--` away in PowerShell, and with it every option. The first run brings the packages and builds.
import { makeReady, postern } from './scripts/run.mjs'

process.exitCode = postern(makeReady(), process.argv.slice(2), process.cwd())
