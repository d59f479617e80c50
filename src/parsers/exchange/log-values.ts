import type { FieldValue } from '../../model/event.ts'
import { type KnownLogKind, isKnownKind } from '../../model/log-kinds.ts'
import { remembered } from '../common/lines.ts'

export function isSuccess(status: FieldValue | undefined): boolean | null {
  return typeof status === 'number' ? status >= 200 && status < 300 : null
}

export const protocolKind = remembered((protocol: string): KnownLogKind => {
  const kind = `httpproxy-${protocol.toLowerCase()}`
  return isKnownKind(kind) ? kind : 'httpproxy-unknown'
}, 256)

export const folderOf = remembered((path: string): string | null => {
  const m = /(?:^|[\\/])HttpProxy[\\/_-]([A-Za-z]{3,20})[\\/_-]/i.exec(path)
  return m ? m[1]! : null
}, 256)

// The first folder of the path names the protocol; some have another name there.
export function stemOf(stem: string | null): string {
  const first = /^\/([A-Za-z-]{2,30})(?:\/|$)/.exec(stem ?? '')?.[1]!.toLowerCase() ?? ''
  return first === 'microsoft-server-activesync' ? 'eas' : first === 'rpc' ? 'rpchttp' : first
}

/** What a query says of the client: the canary of its session, and the device that synchronizes. */
export function clientOfQuery(query: string | null): {
  readonly Canary: string | null
  readonly DeviceId: string | null
} {
  if (query === null) return { Canary: null, DeviceId: null }
  return { Canary: canaryOf(query), DeviceId: /(?:^|[?&])DeviceId=([^&;#\s]{1,64})/i.exec(query)?.[1] ?? null }
}

function canaryOf(query: string): string | null {
  const canary =
    /(?:^|[?&;])msExchEcpCanary=([^&;#\s]{8,200})/i.exec(query) ??
    /(?:^|[?&;])(?:X-OWA-CANARY|canary)=([^&;#\s]{8,200})/i.exec(query)
  return canary?.[1] ?? null
}

/** What ties requests of one session together: the canary of ECP or OWA, else the activity id. */
export function querySession(query: string): string | null {
  const canary = canaryOf(query)
  if (canary) return canary
  return /(?:^|[?&;])ActID=([0-9a-f-]{36})/i.exec(query)?.[1]!.toLowerCase() ?? null
}

export function filledText(value: FieldValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
