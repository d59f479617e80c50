/** Texts that stand for others by their numbers: `fresh` follow those that were sent before, or are the first where `isAnew`. */
type Message = {
    readonly answers: readonly unknown[];
    readonly fresh: readonly string[];
    readonly isAnew: boolean;
};
/** The side that sends. */
export declare class SentTexts {
    #private;
    /** Answers as they are sent: those before must have been. */
    pack(answers: readonly unknown[]): readonly unknown[] | Message;
}
/** The side that takes what is sent. */
export declare class TakenTexts {
    #private;
    /** The answers of the next message. */
    unpack(message: readonly unknown[] | Message): readonly unknown[];
}
export {};
