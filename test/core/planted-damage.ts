import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Entered } from './ablation.ts'
import type { EvidenceFile } from '../../tools/simulator/build.ts'

// Files that alone say of an otherwise clean server that it was entered, or could: where one cannot be read, nobody knows
// what it held.

const packs = fileURLToPath(new URL('../../packs/', import.meta.url))

/** A server on which nothing happened, as all of its logs say. */
export const clean: Entered = {
  name: 'proxylogon-2021/no-evidence/quiet-evening',
  file: join(packs, 'proxylogon-2021/samples/no-evidence/quiet-evening/server.yml'),
}

const exchange = 'C/Program Files/Microsoft/Exchange Server/V15'
const rules = 'post-exploitation/samples/rules'

/** What it is, where it lies on the server, and the sample of a rule that it is. */
const files: readonly (readonly [what: string, path: string, sample: string])[] = [
  ['SOFTWARE hive', 'C/Windows/System32/config/SOFTWARE', `${rules}/logon-screen-backdoor/fire/SOFTWARE`],
  ['SOFTWARE hive of a collector that keeps no folders', 'SOFTWARE', `${rules}/logon-screen-backdoor/fire/SOFTWARE`],
  ['SYSTEM hive', 'C/Windows/System32/config/SYSTEM', `${rules}/service-odd-place/fire/SYSTEM`],
  ['SYSTEM hive of a collector that keeps no folders', 'registry/SYSTEM', `${rules}/service-odd-place/fire/SYSTEM`],
  ['SAM hive', 'C/Windows/System32/config/SAM', `${rules}/account-borrows-rights/fire/SAM`],
  ['hive of a user', 'C/Users/ada/NTUSER.DAT', `${rules}/com-class-scriptlet/fire/NTUSER.DAT`],
  [
    'handler mapping',
    'C/inetpub/wwwroot/aspnet_client/web.config',
    `${rules}/handler-odd/fire/C/inetpub/wwwroot/aspnet_client/web.config`,
  ],
  [
    'configuration of IIS',
    'C/Windows/System32/inetsrv/config/applicationHost.config',
    `${rules}/iis-module-odd-place/fire/C/Windows/System32/inetsrv/config/applicationHost.config`,
  ],
  [
    'list of transport agents',
    `${exchange}/TransportRoles/Shared/agents.config`,
    `${rules}/transport-agent-odd-place/fire/${exchange}/TransportRoles/Shared/agents.config`,
  ],
  [
    'scheduled task',
    'C/Windows/System32/Tasks/Registry',
    `${rules}/task-runs-code/fire/C/Windows/System32/Tasks/Registry`,
  ],
  ['scheduled task, exported', 'tasks/Registry.xml', `${rules}/task-runs-code/fire/C/Windows/System32/Tasks/Registry`],
  ['event log', 'C/Windows/System32/winevt/Logs/Security.evtx', `${rules}/event-record-removed/fire/Security.evtx`],
  ['events, exported', 'events/security.jsonl', `${rules}/task-runs-code/fire/security.jsonl`],
  ['table of files', 'C/$MFT', `${rules}/resident-script/fire/$MFT`],
  ['settings, exported', 'OabVirtualDirectory.json', `${rules}/directory-holds-script/fire/OabVirtualDirectory.json`],
  [
    'certificate request',
    'C/inetpub/wwwroot/aspnet_client/sample.aspx.req',
    `${rules}/certificate-request-script/fire/sample.aspx.req`,
  ],
  ['ransom note', 'C/Users/Public/Desktop/Restore-My-Files.txt', 'shared/samples/a-sample.txt'],
  [
    'commands that were typed',
    'C/Users/ada/AppData/Roaming/Microsoft/Windows/PowerShell/PSReadLine/ConsoleHost_history.txt',
    `${rules}/attack-tool-command/fire/ConsoleHost_history.txt`,
  ],
  [
    'transcript of PowerShell',
    'C/Users/ada/Documents/20210303/PowerShell_transcript.MAIL01.a1b2.20210303100000.txt',
    `${rules}/lsass-dump-other/fire/PowerShell_transcript.txt`,
  ],
  ['programs that ran', 'C/Windows/AppCompat/Programs/Amcache.hve', `${rules}/program-in-web-root/fire/Amcache.hve`],
  ['change journal', 'C/$Extend/$J', `${rules}/page-made-somewhere/fire/$J`],
  [
    'library of a web root',
    `${exchange}/ClientAccess/owa/auth/owaauth.dll`,
    `iis-modules/samples/rules/logon-filter-replaced/fire/${exchange}/ClientAccess/owa/auth/owaauth.dll`,
  ],
  [
    'library of an agent',
    `${exchange}/TransportRoles/agents/Hygiene/Microsoft.Exchange.Transport.Agent.Cache.dll`,
    'transport-agents/samples/rules/agent-library-posing/fire/V15/TransportRoles/agents/Hygiene/Microsoft.Exchange.Transport.Agent.Cache.dll',
  ],
  [
    'page of the logon',
    `${exchange}/FrontEnd/HttpProxy/owa/auth/logon.aspx`,
    'proxylogon-2021/samples/rules/Postern_Captures_Passwords/fire/V15/FrontEnd/HttpProxy/owa/auth/logon.aspx',
  ],
  [
    'script of the logon',
    `${exchange}/FrontEnd/HttpProxy/owa/auth/15.1.2044/scripts/premium/flogon.js`,
    'proxylogon-2021/samples/rules/Postern_Captures_Passwords/fire/V15/FrontEnd/HttpProxy/owa/auth/15.1.2044/scripts/premium/flogon.js',
  ],
  ['archive of the evidence', 'collection.zip', `${rules}/page-large/fire/collection.zip`],
  ['mailbox file in a web root', 'C/inetpub/wwwroot/aspnet_client/a.pst', ''],
  ['page', 'C/inetpub/wwwroot/aspnet_client/a.aspx', ''],
  ['script of a web root', 'C/inetpub/wwwroot/aspnet_client/a.ps1', ''],
]

/** The file as it lies in the evidence. */
export const plantedFiles: readonly { readonly what: string; readonly file: EvidenceFile }[] = files.map(
  ([what, path, sample]) => {
    const [at, encoded] = [join(packs, sample), join(packs, `${sample}.enc`)]
    const isEncoded = sample !== '' && !existsSync(at)
    const bytes = sample === '' ? Buffer.from('a sample, nothing to run\r\n') : readFileSync(isEncoded ? encoded : at)
    return {
      what,
      file: { path: isEncoded ? `${path}.enc` : path, bytes, modified: Date.parse('2021-03-03T05:00:00Z') },
    }
  },
)
