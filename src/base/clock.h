/* The time that passes. */
#ifndef LONGHAND_BASE_CLOCK_H
#define LONGHAND_BASE_CLOCK_H

/* Seconds since some fixed moment, whatever the date is set to. */
double lh_clock(void);

#endif
