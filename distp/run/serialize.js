import { DefaultDeserializer, DefaultSerializer } from 'node:v8';
// Plain data as bytes. Long lists of numbers stand behind the rest as they lie in memory: they are handed on without a copy.
/** A list of so many bytes stands by itself. */
const LONG = 2 ** 18;
const [OTHER, NUMBERS] = [0, 1];
/** Bytes of plain data, in parts: good as long as it is not changed. */
export function packData(value) {
    const packer = new Packer();
    packer.writeHeader();
    packer.writeValue(value);
    const rest = packer.releaseBuffer();
    const length = Buffer.alloc(4);
    length.writeUInt32LE(rest.length);
    return [length, rest, ...packer.long];
}
/** What was packed into these bytes, which may fail with an exception when they are others. */
export function unpackData(bytes) {
    const ends = 4 + bytes.readUInt32LE(0);
    const unpacker = new Unpacker(bytes.subarray(4, ends), bytes.subarray(ends));
    unpacker.readHeader();
    return unpacker.readValue();
}
class Packer extends DefaultSerializer {
    long = [];
    _writeHostObject(view) {
        if (view instanceof Float64Array && view.byteLength >= LONG) {
            this.writeUint32(NUMBERS);
            this.writeUint32(view.byteLength);
            this.long.push(Buffer.from(view.buffer, view.byteOffset, view.byteLength));
        }
        else {
            this.writeUint32(OTHER);
            DefaultSerializer.prototype._writeHostObject.call(this, view);
        }
    }
}
class Unpacker extends DefaultDeserializer {
    #long;
    #at = 0;
    constructor(rest, long) {
        super(rest);
        this.#long = long;
    }
    _readHostObject() {
        if (this.readUint32() === OTHER)
            return DefaultDeserializer.prototype._readHostObject.call(this);
        const bytes = this.readUint32();
        const numbers = new Float64Array(bytes / Float64Array.BYTES_PER_ELEMENT);
        const from = this.#long.subarray(this.#at, (this.#at += bytes));
        if (from.length < bytes)
            throw new RangeError('a list of numbers was cut off');
        from.copy(Buffer.from(numbers.buffer));
        return numbers;
    }
}
//# sourceMappingURL=serialize.js.map