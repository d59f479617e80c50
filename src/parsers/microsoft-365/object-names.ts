import { GUID } from '../../lib/uuid.ts'
import { jsonListOf, jsonObjectOf, type Members, membersOf, memberText } from './record.ts'

/** Most users whose ids are kept of one file. */
const MOST = 200_000
const LONGEST = 200

/**
 * Addresses of users by their object ids in Entra, as sign-ins, changes of the directory and messages have them: requests to Microsoft
 * Graph name the id alone. A sign-in names the account itself, a message one of its addresses.
 */
export class ObjectNames {
  readonly #accounts = new Map<string, string>()
  readonly #addresses = new Map<string, string>()

  get isEmpty(): boolean {
    return this.#accounts.size + this.#addresses.size === 0
  }

  add(members: Members): void {
    this.#account(memberText(members, 'userid'), memberText(members, 'userprincipalname'))
    this.#account(memberText(members, 'userkey'), memberText(members, 'userid'))
    const initiated = jsonObjectOf(members.get('initiatedby')?.[1])
    const user = initiated && jsonObjectOf(membersOf(initiated).get('user')?.[1])
    if (user) this.#object(membersOf(user))
    if (members.has('targetresources'))
      for (const target of (jsonListOf(members.get('targetresources')?.[1]) ?? []).slice(0, 100)) {
        const object = jsonObjectOf(target)
        if (object) this.#object(membersOf(object))
      }
    this.#address(memberText(members, 'senderobjectid'), memberText(members, 'senderfromaddress'))
    this.#address(memberText(members, 'recipientobjectid'), memberText(members, 'recipientemailaddress'))
  }

  /** Id and address, parted by a NUL. */
  tally(): readonly string[] {
    return [...new Map([...this.#addresses, ...this.#accounts])].map(([id, address]) => `${id}\0${address}`)
  }

  #object(members: Members): void {
    this.#account(memberText(members, 'id'), memberText(members, 'userprincipalname'))
  }

  #account(id: string | null, address: string | null): void {
    keep(this.#accounts, id, address)
  }

  #address(id: string | null, address: string | null): void {
    keep(this.#addresses, id, address)
  }
}

function keep(names: Map<string, string>, id: string | null, address: string | null): void {
  if (id === null || address === null || names.size >= MOST) return
  if (!GUID.test(id) || !address.includes('@') || address.length > LONGEST || address.includes('\0')) return
  const key = id.toLowerCase()
  if (!names.has(key)) names.set(key, address.toLowerCase())
}
