/** Types by which published gadgets run what they are given. */
const GADGETS = [
  'TextFormattingRunProperties',
  'ActivitySurrogate',
  'DelegateSerializationHolder',
  'ObjectDataProvider',
  'TypeConfuseDelegate',
  'DataSetTypeSpoof',
  'System.Data.DataSet',
  'WindowsIdentity',
  'ClaimsIdentity',
  'ClaimsPrincipal',
  'RolePrincipal',
  'SessionSecurityToken',
  'PSObject',
  'AxHost',
  'ExpandedWrapper',
  'ToolboxItemContainer',
]

/** The type of a gadget that serialized objects name; null where they name none. */
export function gadgetIn(text: string): string | null {
  return GADGETS.find((name) => text.includes(name)) ?? null
}

/** How a stream of BinaryFormatter begins. */
export const STREAM_OF_OBJECTS = Buffer.from([0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff])
