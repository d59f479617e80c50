import { idsOf } from '../prefilter/value-ids.js';
/** A shorter list goes as it is. */
const FEW = 64;
/** Texts that are remembered on both sides, and characters in all of them. */
const MOST = { texts: 200_000, characters: 16_000_000 };
/** What stands for null. */
const NULL = 0xffff_ffff;
/** Senders that began, each with no text: a new one does not know what another sent. */
let senders = 0;
/** The side that sends. */
export class SentTexts {
    #numbers = new Map();
    #sender = ++senders;
    #characters = 0;
    #fresh = [];
    /** Answers as they are sent: those before must have been. */
    pack(answers) {
        const isAnew = this.#numbers.size > MOST.texts || this.#characters > MOST.characters;
        if (isAnew) {
            this.#numbers.clear();
            this.#characters = 0;
            this.#sender = ++senders;
        }
        this.#fresh = [];
        const packed = answers.map((answer) => withTexts(answer, (texts) => this.#numbersOf(texts)));
        return isAnew || this.#fresh.length > 0 || packed.some((each, i) => each !== answers[i])
            ? { answers: packed, fresh: this.#fresh, isAnew }
            : answers;
    }
    #numbersOf(texts) {
        if (texts.length < FEW || texts instanceof Uint32Array)
            return texts;
        const numbers = new Uint32Array(texts.length);
        const known = idsOf(texts);
        for (let i = 0; i < texts.length; i++) {
            const text = texts[i];
            if (text === null)
                numbers[i] = NULL;
            else if (known === null)
                numbers[i] = this.#numberOf(text);
            else {
                const [{ senders, sentAs }, id] = [known.of, known.ids[i]];
                if (senders[id] !== this.#sender) {
                    senders[id] = this.#sender;
                    sentAs[id] = this.#numberOf(text);
                }
                numbers[i] = sentAs[id];
            }
        }
        return numbers;
    }
    #numberOf(text) {
        const known = this.#numbers.get(text);
        if (known !== undefined)
            return known;
        const number = this.#numbers.size;
        this.#numbers.set(text, number);
        this.#characters += text.length;
        this.#fresh.push(text);
        return number;
    }
}
/** The side that takes what is sent. */
export class TakenTexts {
    #texts = [];
    /** The answers of the next message. */
    unpack(message) {
        if (!('answers' in message))
            return message;
        if (message.isAnew)
            this.#texts = [];
        for (const text of message.fresh)
            this.#texts.push(text);
        return message.answers.map((answer) => withTexts(answer, (texts) => this.#textsOf(texts)));
    }
    #textsOf(numbers) {
        if (!(numbers instanceof Uint32Array))
            return numbers;
        return Array.from(numbers, (number) => (number === NULL ? null : this.#texts[number]));
    }
}
/** An answer with other forms of its long lists of texts. */
function withTexts(answer, replace) {
    if (typeof answer !== 'object' || answer === null || !('scan' in answer))
        return answer;
    const { scan } = answer;
    const { requests, devices, logons } = scan;
    const all = [...Object.values(requests), devices, logons];
    if (all.every((table) => table === undefined || table.values.length < FEW))
        return answer;
    const tables = Object.entries(requests).map(([trait, table]) => [
        trait,
        { ...table, values: replace(table.values), only: replace(table.only) },
    ]);
    const other = {
        requests: Object.fromEntries(tables),
        ...(devices && { devices: { ...devices, values: replace(devices.values), clients: replace(devices.clients) } }),
        ...(logons && { logons: { ...logons, values: replace(logons.values) } }),
    };
    return { ...answer, scan: { ...scan, ...other } };
}
//# sourceMappingURL=shared-texts.js.map