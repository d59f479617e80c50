import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isKnownAgent } from '../../../src/model/known-agents.ts'

const V15 = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15'
const V14 = 'C:\\Program Files\\Microsoft\\Exchange Server\\V14'
const hygiene = 'Microsoft.Exchange.Transport.Agent'
const filter = `${hygiene}.ContentFilter.ContentFilterAgentFactory`
const rules = 'Microsoft.Exchange.MessagingPolicies.TransportRuleAgent'
const storeDriver = 'Microsoft.Exchange.MailboxTransport.StoreDriver.Agents'

// name, class, library as it is registered, install folder where it is known → one of Exchange's own
const rows: readonly (readonly [string, string, string, string | null, boolean])[] = [
  ['Content Filter Agent', filter, `${V15}\\TransportRoles\\agents\\Hygiene\\${hygiene}.Hygiene.dll`, V15, true],
  ['Content Filter Agent', filter, `${V15}\\TransportRoles\\agents\\Hygiene\\${hygiene}.Hygiene.dll`, null, true],
  ['content', filter, `D:\\Mail\\TRANSPORTROLES/agents\\hygiene\\${hygiene}.hygiene.dll`, 'D:\\mail', true],
  [
    'Content Filter Agent',
    filter,
    `C:\\PROGRA~1\\MICROS~1\\EXCHAN~1\\V15\\TransportRoles\\agents\\Hygiene\\${hygiene}.Hygiene.dll`,
    V15,
    true,
  ],
  [
    'Content Filter Agent',
    filter,
    `%ExchangeInstallPath%TransportRoles\\agents\\Hygiene\\${hygiene}.Hygiene.dll`,
    V15,
    true,
  ],
  // Exchange 2010 as Microsoft's own script leaves it, and paths from Bin
  [
    'Mailbox Rules Agent',
    `${storeDriver}.MailboxRulesAgentFactory`,
    `${V14}\\TransportRoles\\agents\\..\\..\\bin\\Microsoft.Exchange.StoreDriver.dll`,
    V14,
    true,
  ],
  ['UM PlayOnPhone Agent', `${storeDriver}.UMPlayonPhoneAgentFactory`, 'Microsoft.Exchange.StoreDriver.dll', V14, true],
  [
    'Transport Rule Agent',
    `${rules}.TransportRuleAgentFactory`,
    `..\\TransportRoles\\agents\\Rule\\${rules}.dll`,
    V14,
    true,
  ],
  [
    'Retention Policy Agent',
    'Microsoft.Exchange.MessagingPolicies.RetentionPolicyAgent.RetentionPolicyAgentFactory',
    `${V15}\\TransportRoles\\agents\\RetentionPolicyAgent\\Microsoft.Exchange.MessagingPolicies.RetentionPolicyAgent.dll`,
    V15,
    true,
  ],
  // of these no list records the folder: named for the class, or one that Exchange has, and no other
  ...(
    [
      ['SystemProbeDrop', true],
      ['Hygiene', true],
      ['SystemProbe', false],
      ['Windows', false],
    ] as const
  ).map(
    ([folder, known]) =>
      [
        'System Probe Drop Smtp Agent',
        `${hygiene}.SystemProbeDrop.SystemProbeDropSmtpAgentFactory`,
        `${V15}\\TransportRoles\\agents\\${folder}\\${hygiene}.SystemProbeDrop.dll`,
        V15,
        known,
      ] as const,
  ),
  [
    'Retention Policy Agent',
    'Microsoft.Exchange.MessagingPolicies.RetentionPolicyAgent.RetentionPolicyAgentFactory',
    `${V15}\\TransportRoles\\agents\\Policies\\Microsoft.Exchange.MessagingPolicies.RetentionPolicyAgent.dll`,
    V15,
    false,
  ],
  [
    'Interceptor Smtp Agent',
    `${hygiene}.InterceptorSmtpAgentFactory`,
    `${V15}\\bin\\${hygiene}.InterceptorAgent.dll`,
    V15,
    true,
  ],
  // LightNeuron: names of Exchange for a library of its own
  [
    'Security Interop Agent',
    'Microsoft.Exchange.Security.Interop.SecurityInteropAgentFactory',
    `${V15}\\bin\\Microsoft.Exchange.Security.Interop.dll`,
    V15,
    false,
  ],
  [
    'Content Filter Agent',
    'Microsoft.Exchange.Security.Interop.ContentFilterAgentFactory',
    `${V15}\\bin\\Microsoft.Exchange.Security.Interop.dll`,
    V15,
    false,
  ],
  [
    'Connection Filtering Agent',
    `${hygiene}.ConnectionFiltering.ConnectionFilteringAgentFactory`,
    `${V15}\\TransportRoles\\agents\\Hygiene\\${hygiene}.ConnectionFiltering.dll`,
    V15,
    false,
  ],
  [
    'Retention Policy Agent',
    'Microsoft.Exchange.Security.Interop.AgentFactory',
    `${V15}\\TransportRoles\\agents\\Rule\\Microsoft.Exchange.Security.Interop.dll`,
    V15,
    false,
  ],
  // the right names in another folder
  ['Content Filter Agent', filter, `${V15}\\bin\\${hygiene}.Hygiene.dll`, V15, false],
  ['Content Filter Agent', filter, `D:\\V15\\x\\TransportRoles\\agents\\Hygiene\\${hygiene}.Hygiene.dll`, V15, false],
  [
    'Content Filter Agent',
    filter,
    `C:\\Windows\\Temp\\V15\\TransportRoles\\agents\\Hygiene\\${hygiene}.Hygiene.dll`,
    null,
    false,
  ],
  [
    'Content Filter Agent',
    filter,
    `\\\\host\\share\\V15\\TransportRoles\\agents\\Hygiene\\${hygiene}.Hygiene.dll`,
    null,
    false,
  ],
  [
    'Content Filter Agent',
    filter,
    `${V15}\\TransportRoles\\agents\\Hygiene\\..\\..\\..\\..\\..\\..\\..\\a\\${hygiene}.Hygiene.dll`,
    V15,
    false,
  ],
  ['Content Filter Agent', filter, `..\\..\\TransportRoles\\agents\\Hygiene\\${hygiene}.Hygiene.dll`, V15, false],
  // an agent of a product
  ['Scan Agent', 'Vendor.Scan.AgentFactory', 'C:\\Program Files\\Vendor\\Scan.dll', V15, false],
  ['Scan Agent', 'Vendor.Scan.AgentFactory', `${V15}\\TransportRoles\\agents\\Scan\\Scan.dll`, V15, false],
]

for (const [name, type, library, home, known] of rows)
  test(`${type} from ${library} is ${known ? '' : 'not '}of Exchange at ${home ?? 'an unknown folder'}`, () => {
    assert.equal(isKnownAgent(name, type, library, home), known)
  })
