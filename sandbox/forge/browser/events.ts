import { allFrames, type Frame } from './frames';

type Subscription = { readonly frame: Frame; readonly event: string; readonly callback: (payload: unknown) => void };

const subscriptions = new Map<number, Subscription>();
let last = 0;

/** Subscribes a page to an event of the app and answers the subscription's number. */
export function subscribe(frame: Frame, event: string, callback: (payload: unknown) => void): number {
  subscriptions.set((last += 1), { frame, event, callback });
  return last;
}

/** Ends a subscription. */
export function unsubscribe(subscription: unknown): void {
  if (typeof subscription === 'number') subscriptions.delete(subscription);
}

/** Tells every page that subscribed to the event; those that are gone are forgotten. */
export function emit(event: string, payload: unknown): true {
  const shown = new Set(allFrames());
  for (const [number, subscription] of subscriptions) {
    if (!shown.has(subscription.frame)) subscriptions.delete(number);
    else if (subscription.event === event) subscription.callback(payload);
  }
  return true;
}
