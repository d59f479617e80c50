import { addTo } from '../lib/collections.js';
import { areOfTwoDomains, withoutDomain } from '../model/account-names.js';
// The protocol logs of IMAP, POP and SMTP have no address where another process of the server passed the logon on, and Windows has
// none where a service checked the password. Another log may have the address of the same logon: of the same account, in that second.
/** Two logs record one logon within this time (ms). */
const SAME = 2_000;
/** Logons that were served without an address, until all files are read. */
export class UnplacedLogons {
    #placed = new Map();
    #unplaced = [];
    #most;
    #count = 0;
    constructor(most) {
        this.#most = most;
    }
    /** A logon with an address. */
    addPlaced(logon, first, last) {
        const { user, client, bits } = logon;
        if (this.#count++ < this.#most)
            addTo(this.#placed, withoutDomain(user), { logon: { user, client, bits }, first, last });
    }
    add(one) {
        if (this.#unplaced.length < this.#most)
            this.#unplaced.push(one);
    }
    /**
     * Those whose address one other log has, each once: of several logons the first alone, where the last is another's. Where logs have two
     * addresses of that second, it is neither.
     */
    placed() {
        const waiting = this.#unplaced;
        this.#unplaced = [];
        return waiting.flatMap((one) => {
            const same = (this.#placed.get(withoutDomain(one.logon.user)) ?? []).filter(({ logon, first }) => logon.bits !== one.logon.bits &&
                !areOfTwoDomains(logon.user, one.logon.user) &&
                Math.abs(first - one.first) <= SAME);
            const clients = new Set(same.map(({ logon }) => logon.client));
            if (clients.size !== 1)
                return [];
            const isLast = same.some(({ last }) => Math.abs(last - one.last) <= SAME);
            return [{ ...one, last: isLast ? one.last : one.first, client: [...clients][0] }];
        });
    }
}
//# sourceMappingURL=unplaced-logons.js.map