export type GuardData = {
    readonly parent: number;
    readonly memory: number;
};
