import { program, type Wanted } from './pe.ts'

const inside = (wanted: Wanted, texts: readonly string[], wide: readonly string[] = []): Buffer =>
  Buffer.concat([
    program(wanted),
    Buffer.from(`\0${texts.join('\0')}\0`),
    Buffer.from(`\0${wide.join('\0')}\0`, 'utf16le'),
  ])

const native: Wanted = { exports: ['RegisterModule'] }
const shell = ['CreatePipe', 'CreateProcessW', 'PeekNamedPipe']
const owa = 'C/Program Files/Microsoft/Exchange Server/V15/ClientAccess/owa/auth/owaauth.dll'
const microsoft = 'Microsoft Corporation'
const managed = ['IHttpModule', 'add_BeginRequest', 'HttpResponse', 'set_RedirectStandardOutput']
const key = Buffer.from('0024000004800000940000000602000000240000525341310004000001000100', 'hex')
const agents = 'V15/TransportRoles/agents'

/** Programs that a pack's rules look at, by their path below `packs/`. No code is in any of them. */
export const programSamples: Readonly<Record<string, () => Buffer>> = Object.fromEntries(
  (
    [
      [
        'iis-modules/native-module-in-web-folder/fire/C/inetpub/wwwroot/aspnet_client/sample.dll',
        () => program(native),
      ],
      ['iis-modules/native-module-in-web-folder/fire/C/Windows/Temp/sample.tmp', () => program(native)],
      [
        'iis-modules/native-module-in-web-folder/quiet/C/inetpub/wwwroot/signed.dll',
        () => program({ ...native, signer: microsoft }),
      ],
      [
        'iis-modules/native-module-in-web-folder/quiet/C/inetpub/wwwroot/shop/bin/extension.dll',
        () => program({ exports: ['GetExtensionVersion', 'HttpExtensionProc'] }),
      ],
      ['iis-modules/native-module-in-web-folder/quiet/C/Program Files/Vendor/module.dll', () => program(native)],
      [
        `iis-modules/logon-filter-replaced/fire/${owa}`,
        () => program({ exports: ['GetFilterVersion', 'HttpFilterProc'] }),
      ],
      [
        `iis-modules/logon-filter-replaced/quiet/${owa}`,
        () => program({ exports: ['GetFilterVersion', 'HttpFilterProc'], signer: microsoft }),
      ],
      ['iis-modules/logon-filter-replaced/quiet/C/Program Files/Vendor/auth/owaauth.dll', () => program({})],
      [
        'iis-modules/Postern_Native_Module_Runs_Commands/fire/pipe.dll',
        () => inside(native, [...shell, 'cmd.exe /c ']),
      ],
      [
        'iis-modules/Postern_Native_Module_Runs_Commands/fire/other.bin',
        () => inside(native, ['_popen'], ['powershell -c ']),
      ],
      ['iis-modules/Postern_Native_Module_Runs_Commands/quiet/no-shell.dll', () => inside(native, shell)],
      ['iis-modules/Postern_Native_Module_Runs_Commands/quiet/no-module.dll', () => inside({}, [...shell, 'cmd.exe'])],
      [
        'iis-modules/Postern_Native_Module_Runs_Commands/quiet/core.dll',
        () => inside(native, [...shell, 'cmd.exe'], ['ASPNETCORE_PORT']),
      ],
      ['iis-modules/Postern_Managed_Module_Runs_Commands/fire/module.dll', () => inside({}, managed, ['cmd.exe'])],
      [
        'iis-modules/Postern_Managed_Module_Runs_Commands/fire/logon.dll',
        () => inside({}, ['add_PreSendRequestContent', ...managed], ['PowerShell.exe']),
      ],
      [
        'iis-modules/Postern_Managed_Module_Runs_Commands/quiet/monitor.dll',
        () => inside({}, managed.slice(0, 3), ['cmd.exe']),
      ],
      [
        'iis-modules/Postern_Managed_Module_Runs_Commands/quiet/tool.dll',
        () => inside({}, managed.slice(2), ['cmd.exe']),
      ],
      [
        `transport-agents/agent-library-posing/fire/${agents}/Hygiene/Microsoft.Exchange.Transport.Agent.Cache.dll`,
        () => program({ assembly: { name: 'Microsoft.Exchange.Transport.Agent.Cache' } }),
      ],
      [
        'transport-agents/agent-library-posing/fire/D/Exchange/bin/Microsoft.Exchange.Mail.Interop.dll',
        () => program({ assembly: { name: 'Microsoft.Exchange.Mail.Interop', key } }),
      ],
      [
        `transport-agents/agent-library-posing/quiet/${agents}/Hygiene/Microsoft.Exchange.Transport.Agent.Hygiene.dll`,
        () => program({ assembly: { name: 'Microsoft.Exchange.Transport.Agent.Hygiene' }, signer: microsoft }),
      ],
      [
        'transport-agents/agent-library-posing/quiet/C/Program Files/Vendor/Microsoft.Exchange.WebServices.dll',
        () => program({ assembly: { name: 'Microsoft.Exchange.WebServices' } }),
      ],
      [
        `transport-agents/agent-library-posing/quiet/${agents}/Vendor/Vendor.Agent.dll`,
        () => program({ assembly: { name: 'Vendor.Agent' } }),
      ],
    ] as const
  ).map(([path, make]) => [path.replace('/', '/samples/rules/'), make]),
)
