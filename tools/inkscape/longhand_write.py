#!/usr/bin/env python3
"""Inkscape: writes a text into the drawing as the strokes of a pen, by the program longhand."""

import subprocess

import inkex
from lxml import etree

MODE = inkex.addNS("groupmode", "inkscape")


class Handwriting(inkex.EffectExtension):
    def add_arguments(self, pars):
        pars.add_argument("--text", default="")
        pars.add_argument("--style", default="felix")
        pars.add_argument("--bias", type=float, default=1)
        pars.add_argument("--seed", type=int, default=1)
        pars.add_argument("--pitch", type=float, default=8)
        pars.add_argument("--width", type=float, default=170)
        pars.add_argument("--pen", type=float, default=0.5)
        pars.add_argument("--ink", default="black")
        pars.add_argument("--program", default="longhand")

    def written(self, text, width):
        """The text as an SVG in mm, without paper and margins."""
        command = [self.options.program, "write", "--input", "-", "-o", "-", "--format", "svg",
                   "--for", "plotter", "--margin", "0", "--width", f"{width:g}"]
        for name in ("style", "bias", "seed", "pitch", "pen", "ink"):
            command += ["--" + name, str(getattr(self.options, name))]
        try:
            run = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
        except OSError as error:
            raise inkex.AbortExtension(
                f"The program {self.options.program} cannot be run: {error.strerror}. Install "
                "Longhand, or give the path of its program.")
        if run.returncode != 0:
            raise inkex.AbortExtension(run.stderr.decode(errors="replace"))
        return etree.fromstring(run.stdout, etree.XMLParser(huge_tree=True))

    def effect(self):
        # The dialog hands the ends of rows on as a backslash and an n.
        text = self.options.text.replace("\\n", "\n")
        if not text.strip():
            raise inkex.AbortExtension("There is no text to write.")
        millimetre = inkex.units.convert_unit("1mm", "px") / self.svg.scale
        width, box = self.options.width, None
        for element in self.svg.selection:
            # Where it lies in the drawing, whatever layers and groups it is in.
            around = element.getparent().composed_transform()
            its = element.bounding_box(around)
            box = its + box if its else box
        if box is not None and box.width > 0:
            width = box.width / millimetre
        svg = self.written(text, width)
        wide, high = (float(v) for v in svg.get("viewBox").split()[2:])
        if box is not None:
            left, top = box.left, box.top
        else:
            centre = self.svg.namedview.center
            left = centre.x - wide * millimetre / 2
            top = centre.y - high * millimetre / 2
        layer = self.svg.get_current_layer()
        group = inkex.Group.new("handwriting")
        # What the layer is moved by must not move what is put in it.
        group.transform = (-layer.composed_transform() @ inkex.Transform(translate=(left, top))
                           @ inkex.Transform(scale=(millimetre, millimetre)))
        layer.append(group)
        for ink in svg.findall("{*}g"):
            # A layer of its own it is not here, where it lies in a group.
            ink.attrib.pop(MODE, None)
            ink.set("id", self.svg.get_unique_id("ink"))
            group.append(ink)


if __name__ == "__main__":
    Handwriting().run()
