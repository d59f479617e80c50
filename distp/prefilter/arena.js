/** Lists of numbers in the memory of the kernel, each once: how many, then each. */
export class NumberLists {
    #words;
    #from;
    #to;
    #at;
    #known = new Map();
    /** Places are in bytes. */
    constructor(words, from, bytes) {
        this.#words = words;
        this.#from = (from + 3) >>> 2;
        this.#to = (from + bytes) >>> 2;
        this.#at = this.#from;
    }
    /** The place of a list, in bytes; -1 when there is no room for it. */
    list(numbers) {
        const key = numbers.join();
        const known = this.#known.get(key);
        if (known !== undefined)
            return known;
        if (this.#at + numbers.length + 1 > this.#to)
            return -1;
        const place = this.#at;
        this.#words[place] = numbers.length;
        this.#words.set(numbers, place + 1);
        this.#at += numbers.length + 1;
        this.#known.set(key, 4 * place);
        return 4 * place;
    }
    clear() {
        this.#at = this.#from;
        this.#known.clear();
    }
}
//# sourceMappingURL=arena.js.map