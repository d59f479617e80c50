/** Things by their times, so that the nearest one is found without looking at all. */
export declare class Moments {
    #private;
    /** The same thing may have several times. */
    add(time: number, of: number): void;
    /** The number of the thing that is nearest in time, at most `span` away, and is not `except`; of equally near ones the least. */
    nearest(time: number, span: number, except?: number): {
        readonly of: number;
        readonly distance: number;
    } | null;
}
