/* What the tour shows: see tour.h. */
#include "tour.h"

const win_stop win_tour[WIN_TOUR_STOPS] = {
    {"One point after the other",
     "The network knows no pictures of letters: it draws the pen\u2019s next point, is told where "
     "that "
     "went, and draws the next, some sixty a second.",
     "", 1},
    {"The mixture",
     "Where the next point goes is no single answer but a mixture of bell curves, blue under the "
     "lens; one of them is drawn from, orange, so no letter comes twice.",
     "0 key ctrl+1\n0.1 focus time\n0.1 key Home\n1 key Down\n1.5 key Right\n1.9 key Right\n"
     "2.3 key Right\n2.7 key Right\n3.1 key Right\n3.5 key Right\n3.9 key Right\n4.3 key Right\n"
     "4.7 key Right\n5.1 key Down\n5.6 key Down\n6.1 key Down\n",
     0},
    {"The window",
     "A soft window slides over the text: the darker, the more the network looks at that letter, "
     "and "
     "when the letter is written the window moves on.",
     "0 key ctrl+2\n", 1},
    {"Cells",
     "An LSTM cell is a number that is kept from step to step; here are all of them, a row each: "
     "orange says yes, blue no, and what goes alike lies together.",
     "0 key ctrl+3\n", 1},
    {"What a cell tells",
     "Nobody told the cells what to keep in mind, yet some have come to tell of what one can name: "
     "this one colours ink and text.",
     "0 key ctrl+5\n1.2 focus Telling\n1.2 key Down\n4 key Down\n7 key Down\n", 0},
    {"The gates of a cell",
     "Three gates, from shut to open, guard a cell: input lets something new in, forget keeps what "
     "was, output shows it to the others.",
     "0 key ctrl+5\n1.2 focus Telling\n1.2 key Down\n1.3 key ctrl+5\n1.3 key ctrl+3\n", 0},
    {"The gates of a layer",
     "Of all gates of a layer, orange from above tells how many are shut and blue from below how "
     "many open: most are in between, and lifting the pen moves many.",
     "0 key ctrl+4\n", 1},
    {"Neatness",
     "The same words four times: the bias makes the bell curves of the mixture narrower, so that "
     "writing becomes neater, and less alive.",
     "0 key ctrl+b\n0.1 key Right\n", 0},
};
