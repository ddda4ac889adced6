/** The Node of this machine, on which somebody runs `npm start`; the tests themselves may run on the runtime's. */
export const MACHINE_NODE = process.env.MACHINE_NODE ?? process.execPath;
