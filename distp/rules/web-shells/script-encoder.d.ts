/** Script Encoder of Microsoft (`VBScript.Encode`, `JScript.Encode`): `#@~^`, length, `==`, code, check sum, `==^#~@`. */
/** The page with what the encoder hid written out; null where it hid nothing. */
export declare function withoutScriptEncoder(page: Buffer): Buffer | null;
