// Assesses every set of the evidence folder (POSTERN_DATA) and prints the list of docs/internals/validation.md: counts and
// verdicts only, no row, address, name or mailbox. Plain, so that an old Node can start it.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const data = process.env.POSTERN_DATA
if (!data) {
  console.error('validation: POSTERN_DATA does not name the evidence folder.')
  process.exit(2)
}
const node = join(home, 'node_modules', '.bin', 'node')

// Public origin of each set, and what stands in it.
const sets = [
  ['exchange/proxylogon-wazuh', 'Wazuh rule tests: one HttpProxy and one ECP Server row of ProxyLogon'],
  ['exchange/proxylogon-anchormailbox', 'Microsoft Q&A thread of March 2021: AnchorMailbox values of a victim'],
  ['exchange/proxyshell-insight', 'ProxyShell lab: CmdletInfra rows recovered from memory'],
  ['exchange/proxyshell-iis-row', 'ProxyShell lab: one IIS row'],
  ['exchange/synthetic-markernan', 'markernan: staged intrusion, IIS and Windows events'],
  ['exchange/oab-webshell', 'vulntarget lab: an OAB web shell as served'],
  ['exchange/transport-agent', 'Event log of a transport agent that failed to install'],
  ['exchange/log-format-rows', 'artefacts.help: one row of every Exchange log type'],
  ['exchange/benign', 'Elastic integration samples and support articles: ordinary use'],
  ['exchange/healthchecker-e16', 'CSS-Exchange HealthChecker data of Exchange 2016 CU22'],
  ['iis/benign-waikolai', 'waikolai: public site 2009–2011, IIS 7'],
  ['iis/plaso', 'plaso test data: IIS variants'],
  ['iis/filebeat', 'Filebeat IIS module test data'],
  ['iis/brianary', 'brianary: log samples of several kinds'],
  ['iis/iislogreader', 'IISLogReader test data'],
  ['iis/sekoia', 'SEKOIA intake format of IIS'],
  ['windows-events-wazuh', 'Wazuh rule tests: Windows events'],
  ['evtx/attack-samples', 'EVTX-ATTACK-SAMPLES: logs named after techniques'],
  ['evtx/benign-win10.zip', 'Clean Windows 10: a whole folder of event logs, as zip and 7z'],
  ['evtx/winlogbeat-golden', 'winlogbeat module test data'],
  ['evtx/deepblue', 'DeepBlueCLI samples'],
  ['evtx/damaged-and-odd', 'Damaged and odd event logs (python-evtx, libevtx, evtx of Rust)'],
  ['sigma-regression', 'SigmaHQ regression data: event logs and their JSON'],
  ['registry/ericzimmerman', 'Registry (E. Zimmerman): hives, also damaged'],
  ['registry/notatin', 'notatin: hives and transaction logs'],
  ['registry/plaso', 'plaso test data: a user hive'],
  ['registry/regparser', 'regparser: a user hive and values of ShimCache'],
  ['ntfs/ericzimmerman', 'MFT, I30 (E. Zimmerman): tables of files, folder indexes, a journal'],
  ['ntfs/go-ntfs', 'go-ntfs: an image, and its clusters one by one'],
  ['scheduled-tasks', 'Tasks of a Windows 10 on which APTSimulator ran'],
  ['collections/velociraptor', 'Velociraptor test data: collections, a disk image, encrypted containers'],
  ['webroot-benign/blogengine', 'BlogEngine.NET pages'],
  ['webroot-benign/mono-xsp', 'Mono XSP test pages'],
  ['webshells.zip', 'Web shells of tennc, xl7dev, fuzzdb'],
  ['m365/filebeat', 'Filebeat o365 module test data'],
  ['m365/panther', 'Panther rules for Microsoft 365'],
  ['m365/sekoia', 'SEKOIA intake formats of Microsoft 365'],
  ['m365/wazuh', 'Wazuh rule tests: Microsoft 365'],
]

const levels = ['critical', 'high', 'medium', 'low', 'informational']
let wrong = 0
for (const [path, origin] of sets) {
  const evidence = join(data, path)
  if (!existsSync(evidence)) continue
  const out = mkdtempSync(join(tmpdir(), 'postern-validation-'))
  const run = spawnSync(node, [join(home, 'dist', 'cli', 'main.js'), 'assess', evidence, '--out', out, '--quiet'], {
    encoding: 'utf8',
  })
  const folder = existsSync(out)
    ? readdirSync(out).find((name) => existsSync(join(out, name, 'assessment.json')))
    : undefined
  if (!folder) {
    console.log(`- ${origin}: **exit ${run.status}**, ${run.stderr.trim().split('\n')[0]}`)
    wrong++
    continue
  }
  const a = JSON.parse(readFileSync(join(out, folder, 'assessment.json'), 'utf8'))
  const bytes = (list) => list.reduce((sum, artifact) => sum + artifact.parsed, 0)
  const gaps = a.evidence.gaps.reduce((sum, gap) => sum + gap.bytes, 0)
  const searched = bytes(a.evidence.manifest.filter((artifact) => artifact.parser === 'scan'))
  const parsed = bytes(a.evidence.manifest)
  if (parsed + gaps !== a.evidence.bytes) wrong++
  const counts = levels.map((level) => a.findings.filter((finding) => finding.level === level).length)
  const events = a.evidence.manifest.reduce((sum, artifact) => sum + artifact.events, 0)
  const reasons = a.evidence.gaps.map((gap) => `${gap.reason} ${gap.bytes}`).join(', ')
  console.log(
    [
      `- ${origin}: **${a.verdict.is}${a.verdict.sure ? '' : ' (probably)'}**`,
      `  ${a.evidence.files} files, ${a.evidence.bytes} bytes: ${parsed - searched} fields, ${searched} searched, ${gaps} gaps`,
      `  ${events} events, findings ${counts.join('/')}`,
      ...(reasons ? [`  gaps: ${reasons}`] : []),
    ].join('\n'),
  )
  rmSync(out, { recursive: true })
}
process.exitCode = wrong > 0 ? 1 : 0
