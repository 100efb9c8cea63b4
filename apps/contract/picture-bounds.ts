// How large a customer's picture may be: known to the page that makes it small and to the station that refuses.

/** Largest picture kept, in bytes: both of a customer's fit into one frame. */
export const pictureBytesMax = 64 * 1024;
/** Longest side of a picture kept, in pixels. */
export const pictureSideMax = 1024;
