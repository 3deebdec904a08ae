/* A program of somebody else's, compiled by install.sh against the installed library: nothing but
 * public headers and what pkg-config says. */
#include <stdio.h>

#include <longhand/longhand.h>

int main(void)
{
    lh_error error;
    lh_ink *ink = lh_ink_new(&error);
    if (!ink)
        return 1;
    const lh_point points[] = {{0, 0, 0, 0}, {30, -40, 0.02f, 1}, {35, 0, 0.2f, 1}};
    for (int i = 0; i < 3; i++)
        if (lh_ink_add(ink, points[i], &error) != LH_OK)
            return 1;
    lh_offset offsets[2];
    size_t count = lh_ink_to_offsets(ink, offsets);
    printf("%zu offsets, the first (%g, %g)\n", count, (double)offsets[0].dx,
           (double)offsets[0].dy);
    lh_ink_free(ink);
    return 0;
}
