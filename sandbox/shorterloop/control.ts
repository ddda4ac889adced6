import { z } from 'zod';
import { http } from './envelope';
import { faultRuleSchema } from './faults';
import type { SimulatedAnswer, Simulator } from './types';

const PREFIX = '/__simulator/';
const rulesSchema = z.union([faultRuleSchema, z.array(faultRuleSchema)]);

/** Whether a path belongs to the control plane, which needs no key. */
export function isControlPath(path: string): boolean {
  return path.startsWith(PREFIX);
}

/**
 * The control plane: faults on and off, ground truth, reset; see sandbox/README.md.
 * @returns 422 with the reasons for a fault that makes no sense, 404 for anything else that is not known
 */
export function control(simulator: Simulator, method: string, path: string, body: string): SimulatedAnswer {
  switch (`${method} ${path.slice(PREFIX.length)}`) {
    case 'POST faults':
      return addFaults(simulator, body);
    case 'DELETE faults':
      simulator.faults.clear();
      return json(200, { cleared: true });
    case 'GET truth':
      return json(200, { ...simulator.truth.snapshot(), requests: simulator.requests(), refused: simulator.refused() });
    case 'POST reset':
      simulator.reset();
      return json(200, { reset: true });
    default:
      return json(404, { error: `The control plane has no ${method} ${path}` });
  }
}

function addFaults(simulator: Simulator, body: string): SimulatedAnswer {
  const parsed = rulesSchema.safeParse(parseJson(body));
  if (!parsed.success) return json(422, { error: z.prettifyError(parsed.error) });
  const rules = Array.isArray(parsed.data) ? parsed.data : [parsed.data];
  for (const rule of rules) simulator.faults.add(rule);
  return json(201, { added: rules.length });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function json(status: number, value: unknown): SimulatedAnswer {
  return http(status, JSON.stringify(value));
}
