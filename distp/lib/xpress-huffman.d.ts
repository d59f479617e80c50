/**
 * The two forms of Xpress that Windows compresses its own files with: LZ77 with Huffman codes (prefetch) and plain LZ77
 * (ESE). [MS-XCA] 2.2 and 2.4: https://learn.microsoft.com/openspecs/windows_protocols/ms-xca
 */
/**
 * What LZ77 with Huffman codes decompresses to ([MS-XCA] 2.2.4), `size` bytes at most. A shorter answer says that the
 * input is cut or damaged behind it.
 */
export declare function xpressHuffman(input: Uint8Array, size: number): Buffer;
/** What plain LZ77 decompresses to ([MS-XCA] 2.4.4), `size` bytes at most; shorter when the input is cut or damaged. */
export declare function xpressPlain(input: Uint8Array, size: number): Buffer;
