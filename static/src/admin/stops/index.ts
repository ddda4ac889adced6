export { StopsBanner } from './StopsBanner';
export { StopsContext, useReloadStops, useStops } from './useStops';
export { WhoWasChanged } from './WhoWasChanged';
